package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.random.RandomGenerator;

/// What a day of a workspace does to its debits, moment by moment. Each may be done twice: the
/// second time there is nothing left to do.
public final class CollectionDays {
  private final BacsCalendar calendar;
  private final SchemeReports reports;
  private final Presentations presentations;
  private final NoticeSender notices;
  private final Generation generation;

  public CollectionDays(
      BacsCalendar calendar,
      SchemeReports reports,
      Presentations presentations,
      NoticeSender notices,
      RandomGenerator random) {
    this.calendar = calendar;
    this.reports = reports;
    this.presentations = presentations;
    this.notices = notices;
    this.generation = new Generation(calendar, random);
  }

  /// Every day at first: collections come over the horizon, payers are told, and what goes out
  /// today is made ready.
  public void dawn(Tx tx, LocalDate day, Doubts doubts) {
    generation.ahead(tx, day);
    stir(tx, day);
    endDormant(tx, day, doubts);
  }

  /// On the morning of a processing day: payers are debited.
  public void entry(Tx tx, LocalDate day, Doubts doubts) {
    if (!Collector.of(tx).scheme().tellsItself()) presentations.collect(tx, day, doubts);
  }

  /// At the end of a processing day: what has not come back counts as paid.
  public void close(Tx tx, LocalDate day, Doubts doubts) {
    if (!Collector.of(tx).scheme().tellsItself()) presentations.settle(tx, day, doubts);
  }

  private void stir(Tx tx, LocalDate day) {
    var planner = new Planner(calendar, Collector.of(tx));
    var goesOut = planner.cycleFrom(day).entryDay();
    var told = planner.firstToldAt(day);
    var held = MandateFacts.lock(tx, CollectionRows.mandatesOfStirring(tx, goesOut, told));
    var changes = new ChangeSet(tx);
    var sent = new ArrayList<NoticeSender.AdvanceNotice>();
    for (var collection : CollectionRows.stirring(tx, goesOut, told)) {
      var mandate = held.get(collection.mandate());
      if (mandate == null) continue;

      var stirred = collection;
      if (mandate.collects() && collection.blocked() == Blocked.MANDATE) {
        var change = collection.change().blocked(null);
        if (collection.entryOn().isBefore(goesOut)) change.tellAgain();
        stirred = change.at(tx.now(), calendar);
        changes.change(CollectionEvent.AMENDED, stirred, Source.CLOCK);
      }
      if (stirred.awaitsNotice() && mandate.isAuthorised()) {
        stirred = told(tx, changes, planner, stirred, day);
        if (!stirred.awaitsNotice()) {
          sent.add(
              new NoticeSender.AdvanceNotice(
                  stirred.id(), stirred.mandate(), stirred.amount(), stirred.entryOn()));
        }
      }
      boolean isToday =
          calendar.isProcessingDay(day)
              && calendar.onOrAfter(stirred.entryOn()).equals(goesOut)
              && mandate.collects()
              && !stirred.awaitsNotice();
      if (isToday && stirred.status() == CollectionStatus.SCHEDULED) {
        changes.change(stirred.change().step(Step.OPEN).entryOn(goesOut).at(tx.now(), calendar));
      }
    }
    changes.write();
    if (!sent.isEmpty()) notices.send(tx, sent);
  }

  /// Tells the payer if it is time, and puts off what it is too late to tell of.
  private Collection told(
      Tx tx, ChangeSet changes, Planner planner, Collection collection, LocalDate day) {
    var first = planner.firstToldAt(day);
    var planned = collection;
    if (collection.entryOn().isBefore(first)) {
      planned = collection.change().step(Step.DEFER).entryOn(first).at(tx.now(), calendar);
      changes.change(CollectionEvent.AMENDED, planned, Source.CLOCK);
    }
    if (!planner.isToBeToldAt(day, planned.entryOn())) return planned;

    var change = planned.change().told(tx.now());
    if (planned.blocked() == Blocked.NOTICE) change.blocked(null);
    var told = change.at(tx.now(), calendar);
    changes.change(CollectionEvent.NOTICE_SENT, told, Source.CLOCK);
    return told;
  }

  private record Dormant(MandateId id, String reference, LocalDate lastUsed) {}

  /// Banks may drop an instruction that was unused for long; nobody is told when they do.
  private void endDormant(Tx tx, LocalDate day, Doubts doubts) {
    var dormant =
        tx.query(
                """
                select id, reference, last_used
                from mandate, lateral (
                  select coalesce(last_presented_on, (since at time zone 'Europe/London')::date)
                    as last_used) as used
                where workspace_id = :workspace and status = 'active' and not resubmitting
                  and last_used <= :lastUsed
                order by id
                """)
            .bind("lastUsed", day.minusMonths(Collector.of(tx).dormancyMonths()))
            .map(
                (row, _) ->
                    new Dormant(
                        new MandateId(row.getString("id")),
                        row.getString("reference"),
                        row.getObject("last_used", LocalDate.class)))
            .list();
    for (var mandate : dormant) {
      if (!doubts.ofInstruction(mandate.reference(), mandate.lastUsed())) {
        reports.apply(tx, mandate.id(), new SchemeEvent.DormancyReached());
      }
    }
  }
}
