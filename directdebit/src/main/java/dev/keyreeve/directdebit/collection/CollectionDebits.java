package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.DebitView;
import dev.keyreeve.directdebit.mandate.Debits;
import dev.keyreeve.directdebit.mandate.Effect;
import dev.keyreeve.directdebit.mandate.MandateEvent;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.Move;
import dev.keyreeve.directdebit.mandate.NoticeView;
import dev.keyreeve.directdebit.mandate.Refusals;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.directdebit.mandate.schedule.Instalment;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Plans collections as mandates say, and cancels, holds and resumes them as mandates move.
public final class CollectionDebits implements Debits {
  private final BacsCalendar calendar;
  private final RandomGenerator random;
  private final Generation generation;

  public CollectionDebits(BacsCalendar calendar, RandomGenerator random) {
    this.random = random;
    this.generation = new Generation(calendar, random);
    this.calendar = calendar;
  }

  @Override
  public Outcome<List<NoticeView>> plan(
      Tx tx, MandateId mandate, ScheduleDraft draft, Source source) {
    var planner = new Planner(calendar, Collector.of(tx));
    var tooMuch = overLimit(planner, draft);
    if (tooMuch != null) return Outcome.refused(Refusals.AMOUNT_OVER_LIMIT, tooMuch);

    return Outcome.done(begin(tx, planner, mandate, draft, London.dateOf(tx.now()), source));
  }

  @Override
  public Outcome<List<NoticeView>> replan(
      Tx tx,
      MandateId mandate,
      ScheduleDraft draft,
      @Nullable LocalDate effectiveFrom,
      Source source) {
    var planner = new Planner(calendar, Collector.of(tx));
    var tooMuch = overLimit(planner, draft);
    if (tooMuch != null) return Outcome.refused(Refusals.AMOUNT_OVER_LIMIT, tooMuch);

    var today = London.dateOf(tx.now());
    var from = effectiveFrom == null ? draft.startsOn() : effectiveFrom;
    if (from.isAfter(Generation.horizon(today))) return Outcome.refused(Refusals.DATE_TOO_FAR);

    var facts = MandateFacts.of(tx, mandate);
    var earliest =
        Objects.requireNonNullElseGet(
            planner.earliest(facts, tx.now()), () -> planner.earliestTold(tx.now()));
    var first = draft.instalments().filter(debit -> !debit.dueOn().isBefore(from)).findFirst();
    if (first.isPresent() && calendar.onOrAfter(first.get().dueOn()).isBefore(earliest)) {
      return Outcome.refused(Refusals.NOTICE_TOO_SHORT, Map.of("earliest", earliest.toString()));
    }
    var changes = new ChangeSet(tx);
    for (var collection : CollectionRows.openUnder(tx, mandate)) {
      if (collection.scheduleId() == null
          || !collection.status().isPlanned()
          || collection.dueOn().isBefore(from)) {
        continue;
      }
      changes.change(
          CollectionEvent.CANCELLED,
          collection.change().step(Step.CANCEL).at(tx.now(), calendar),
          source);
    }
    changes.write();
    ScheduleRows.end(tx, mandate, "replaced");
    return Outcome.done(begin(tx, planner, mandate, draft, from, source));
  }

  private static @Nullable Map<String, Object> overLimit(Planner planner, ScheduleDraft draft) {
    long most = planner.collector().maxAmount().amount();
    var first = draft.firstAmount();
    return draft.amount() > most || (first != null && first > most)
        ? Map.of("maxAmount", most)
        : null;
  }

  /// Makes the first collections. Those that cannot be made on their day are put off.
  private List<NoticeView> begin(
      Tx tx,
      Planner planner,
      MandateId mandate,
      ScheduleDraft draft,
      LocalDate from,
      Source source) {
    var today = London.dateOf(tx.now());
    var horizon = Generation.horizon(today);
    var schedule =
        new ScheduleRows.Row(
            Ulid.generate("sch_", tx.now(), random),
            mandate,
            draft,
            ScheduleRows.nextOn(draft, horizon));
    ScheduleRows.insert(tx, schedule);

    var possible = planner.hopedFor(MandateFacts.of(tx, mandate), tx.now());
    var told = planner.earliestTold(tx.now());
    var changes = new ChangeSet(tx);
    var notices = new ArrayList<NoticeView>();
    var debits = draft.instalments(Planner.later(from, today), horizon).toList();
    for (var debit : debits) {
      boolean isFirst = debit.equals(debits.getFirst());
      var collection = planned(tx, schedule, debit, isFirst, possible, told);
      changes.add(collection, source);
      if (collection.needsNotice()) notices.add(notice(planner, collection));
    }
    changes.write();
    return List.copyOf(notices);
  }

  private Collection planned(
      Tx tx,
      ScheduleRows.Row schedule,
      Instalment debit,
      boolean isFirst,
      LocalDate possible,
      LocalDate told) {
    var change = generation.planned(tx, schedule, debit).needsNotice(isFirst);
    var wanted = calendar.onOrAfter(debit.dueOn());
    var earliest = Planner.later(possible, told);
    if (!wanted.isBefore(earliest)) return change.asNew(calendar);

    var why = told.isBefore(possible) ? Blocked.MANDATE : Blocked.NOTICE;
    return change.entryOn(earliest).blocked(why).needsNotice(true).asNew(calendar);
  }

  private NoticeView notice(Planner planner, Collection collection) {
    return new NoticeView(
        collection.id().text(),
        collection.amount(),
        collection.entryOn(),
        calendar.noticeDay(collection.entryOn(), planner.collector().noticeDays()));
  }

  @Override
  public Affected after(Tx tx, MandateId mandate, Move.Moved move, Source source, Event told) {
    if (move.effects().contains(Effect.CANCEL_COLLECTIONS)) {
      ScheduleRows.end(tx, mandate, "ended");
      return changed(tx, mandate, new Turn.Cancel(), source, told);
    }
    if (move.effects().contains(Effect.HOLD_COLLECTIONS)) {
      var until = move.state().columns().suspendedUntil();
      return changed(tx, mandate, new Turn.Hold(until, Collector.of(tx)), source, told);
    }
    if (move.effects().contains(Effect.UPDATE_BANK_DETAILS)) {
      return changed(tx, mandate, new Turn.Wait(), source, told);
    }
    return switch (move.state().columns().status()) {
      case PENDING_SUBMISSION -> changed(tx, mandate, agreed(tx), source, told);
      case ACTIVE -> resumed(tx, CollectionRows.openUnder(tx, mandate), move, source, told);
      case INVITED,
          INVITE_EXPIRED,
          PENDING_APPROVAL,
          SUBMITTED,
          SUSPENDED,
          CANCELLED,
          FAILED,
          EXPIRED ->
          Affected.NONE;
    };
  }

  private static Turn agreed(Tx tx) {
    return new Turn.Agreed(London.dateOf(tx.now()));
  }

  /// Nothing can be collected yet from an account that the instruction is only being moved to.
  ///
  /// A mandate that comes into force at last has at most one debit that is collected late: the last
  /// of those that its schedule had meanwhile. After an interruption all are, for those that the
  /// collector wants left out have been.
  private Affected resumed(
      Tx tx, List<Collection> open, Move.Moved move, Source source, Event told) {
    if (move.state().columns().resubmitting()) {
      return changed(tx, open, new Turn.Wait(), source, told);
    }
    var planner = new Planner(calendar, Collector.of(tx));
    var reachable = planner.nextEntry(tx.now());
    var late =
        open.stream()
            .filter(each -> each.status().isPlanned() && each.scheduleId() != null)
            .filter(each -> each.entryOn().isBefore(reachable))
            .map(Collection::dueOn)
            .max(Comparator.naturalOrder());
    var first = move.event() == MandateEvent.ACTIVE ? late.orElse(null) : null;
    var turn = new Turn.Resume(reachable, planner.nextTold(tx.now()), first);
    return changed(tx, open, turn, source, told);
  }

  private sealed interface Turn {
    record Cancel() implements Turn {}

    record Hold(@Nullable LocalDate until, Collector collector) implements Turn {}

    /// @param today before which what was planned is left out
    record Agreed(LocalDate today) implements Turn {}

    /// @param reachable the first entry day that a run still reaches
    /// @param told the first of which payers can still be told
    /// @param first by schedule, what was due before this and cannot be reached is left out; null
    ///   to leave nothing out
    record Resume(LocalDate reachable, LocalDate told, @Nullable LocalDate first) implements Turn {}

    /// What is not submitted stays as it is.
    record Wait() implements Turn {}
  }

  private Affected changed(Tx tx, MandateId mandate, Turn turn, Source source, Event told) {
    return changed(tx, CollectionRows.openUnder(tx, mandate), turn, source, told);
  }

  private Affected changed(Tx tx, List<Collection> open, Turn turn, Source source, Event told) {
    var changes = new ChangeSet(tx);
    var affected = new ArrayList<DebitView>();
    var underWay = new ArrayList<DebitView>();
    for (var collection : open) {
      if (collection.status() == CollectionStatus.SUBMITTED) {
        underWay.add(collection.inShort());
        continue;
      }
      var change = collection.change();
      var event = turned(collection, change, turn);
      if (event == null) continue;

      var next = change.at(tx.now(), calendar);
      if (event == CollectionEvent.SKIPPED) {
        changes.skip(next, source, Skipped.MANDATE_NOT_ACTIVE, told);
      } else {
        changes.change(event, next, null, source, told);
      }
      affected.add(next.inShort());
    }
    changes.write();
    return new Affected(List.copyOf(affected), List.copyOf(underWay));
  }

  /// @return what the feed says; null if the turn leaves the collection as it is
  private @Nullable CollectionEvent turned(
      Collection collection, Collection.Change change, Turn turn) {
    boolean isPlanned = collection.status().isPlanned();
    return switch (turn) {
      case Turn.Cancel _ -> {
        change.step(isPlanned ? Step.CANCEL : Step.GIVE_UP);
        yield isPlanned ? CollectionEvent.CANCELLED : CollectionEvent.FAILED;
      }
      case Turn.Hold hold when isPlanned && isHeld(collection, hold) -> {
        change.step(Step.DEFER).blocked(Blocked.MANDATE);
        yield CollectionEvent.AMENDED;
      }
      case Turn.Agreed(var today)
          when isPlanned
              && collection.scheduleId() != null
              && collection.entryOn().isBefore(today) -> {
        change.step(Step.SKIP);
        yield CollectionEvent.SKIPPED;
      }
      case Turn.Resume resume when isPlanned -> resumed(collection, change, resume);
      case Turn.Hold _, Turn.Agreed _, Turn.Resume _, Turn.Wait _ -> null;
    };
  }

  /// A debit whose day can no longer be reached gets the next of which the payer can be told.
  private static @Nullable CollectionEvent resumed(
      Collection collection, Collection.Change change, Turn.Resume resume) {
    boolean isLate = collection.entryOn().isBefore(resume.reachable());
    var first = resume.first();
    boolean hasWaited = collection.blocked() == Blocked.MANDATE || (isLate && first != null);
    if (!hasWaited) return null;

    if (isLate
        && collection.scheduleId() != null
        && first != null
        && collection.dueOn().isBefore(first)) {
      change.step(Step.SKIP);
      return CollectionEvent.SKIPPED;
    }
    if (isLate) change.step(Step.DEFER).entryOn(resume.told()).tellAgain();
    change.blocked(null);
    return CollectionEvent.AMENDED;
  }

  /// Whether it would go out before a suspension ends.
  private boolean isHeld(Collection collection, Turn.Hold hold) {
    var until = hold.until();
    return until == null
        || hold.collector().cycleTo(calendar, collection.entryOn()).inputDay().isBefore(until);
  }

  @Override
  public Outlook outlook(Tx tx, MandateId mandate) {
    var planner = new Planner(calendar, Collector.of(tx));
    return new Outlook(
        ScheduleRows.of(tx, mandate).map(ScheduleRows.Row::view).orElse(null),
        planner.earliest(MandateFacts.of(tx, mandate), tx.now()));
  }
}
