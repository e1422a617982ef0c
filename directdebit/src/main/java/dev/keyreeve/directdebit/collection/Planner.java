package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.calendar.SubmissionWindow;
import dev.keyreeve.directdebit.collector.moment.MomentKind;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.MandateStatus;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Which days a debit can be made on. Notices go out at dawn, and what is asked for during a day is
/// told of at the next one; debits go out with the run at the end of their input day.
record Planner(BacsCalendar calendar, Collector collector) {

  /// Processing days without a return, after which an instruction counts as lodged.
  private static final int DAYS_TO_ACTIVATION = 2;

  private SubmissionWindow window() {
    return new SubmissionWindow(calendar, MomentKind.SUBMISSION.time());
  }

  /// The cycle of a run on a day.
  Cycle cycleFrom(LocalDate inputDay) {
    return collector.cycleFrom(calendar, inputDay);
  }

  /// The entry day of the next run.
  LocalDate nextEntry(Instant now) {
    return window().nextCycle(now, collector.scheme().leadDays()).entryDay();
  }

  /// The first day of which the payer can still be told, by a notice at a dawn, and which a run can
  /// still reach.
  LocalDate firstToldAt(LocalDate dawn) {
    return later(calendar.firstEntryDay(dawn, collector.noticeDays()), cycleFrom(dawn).entryDay());
  }

  /// Whether it is time to tell the payer: the days of notice begin, or the debit goes out.
  boolean isToBeToldAt(LocalDate dawn, LocalDate entryOn) {
    return !calendar.noticeDay(entryOn, collector.noticeDays()).isAfter(dawn)
        || !collector.cycleTo(calendar, entryOn).inputDay().isAfter(dawn);
  }

  /// The first day on which a debit that is asked for now can be made; null while nobody can tell.
  @Nullable LocalDate earliest(MandateFacts mandate, Instant now) {
    var possible = possible(mandate, now);
    return possible == null ? null : later(possible, earliestTold(now));
  }

  /// The first day that the payer can be told of, if asked for now.
  LocalDate earliestTold(Instant now) {
    return firstToldAt(London.dateOf(now).plusDays(1));
  }

  /// The first day of which the payer is told at the next dawn.
  LocalDate nextTold(Instant now) {
    var today = London.dateOf(now);
    boolean isOver = now.isAfter(London.at(today, MomentKind.DAWN.time()));
    return firstToldAt(isOver ? today.plusDays(1) : today);
  }

  /// The first day on which the mandate lets a debit be made; null while nobody can tell.
  @Nullable LocalDate possible(MandateFacts mandate, Instant now) {
    return switch (mandate.status()) {
      case INVITED, INVITE_EXPIRED, PENDING_APPROVAL, CANCELLED, FAILED, EXPIRED -> null;
      case PENDING_SUBMISSION -> onceLodged(nextEntry(now));
      case SUBMITTED -> onceLodged(mandate, now);
      case ACTIVE -> mandate.resubmitting() ? onceLodged(mandate, now) : nextEntry(now);
      case SUSPENDED ->
          mandate.suspendedUntil() == null
              ? null
              : later(nextEntry(now), cycleFrom(mandate.suspendedUntil()).entryDay());
    };
  }

  /// What a new mandate's debits are planned by, before anybody can tell when it will be in force.
  LocalDate hopedFor(MandateFacts mandate, Instant now) {
    var possible = possible(mandate, now);
    boolean isNew = mandate.status() != MandateStatus.SUSPENDED;
    var hoped = possible == null && isNew ? onceLodged(nextEntry(now)) : possible;
    return hoped == null ? nextEntry(now) : hoped;
  }

  /// The same of an instruction that goes out with the next run, unless it is on its way already.
  private LocalDate onceLodged(MandateFacts mandate, Instant now) {
    return onceLodged(mandate.lodgedOn() == null ? nextEntry(now) : mandate.lodgedOn());
  }

  /// A debit can go out in the evening of the day on which its instruction counts as lodged.
  private LocalDate onceLodged(LocalDate lodgedOn) {
    return cycleFrom(calendar.plus(lodgedOn, DAYS_TO_ACTIVATION)).entryDay();
  }

  static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
