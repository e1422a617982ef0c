package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.MandateStatus;
import dev.keyreeve.directdebit.mandate.SchemeReports;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run takes, and what becomes of it: the one way by which attempts begin and move on.
public final class Presentations {
  private final BacsCalendar calendar;
  private final SchemeReports reports;
  private final RandomGenerator random;

  public Presentations(BacsCalendar calendar, SchemeReports reports, RandomGenerator random) {
    this.random = random;
    this.calendar = calendar;
    this.reports = reports;
  }

  /// What a report did.
  public sealed interface Applied {

    /// Whether the report fits what is known here; if not, nothing has changed.
    default boolean fits() {
      return switch (this) {
        case Moved _, Unchanged _ -> true;
        case Illegal _, Unknown _ -> false;
      };
    }

    record Moved(CollectionId collection, CollectionStatus status) implements Applied {}

    /// It was so already.
    record Unchanged() implements Applied {}

    /// The report does not fit what is known here, and needs a person. Nothing has changed.
    record Illegal(AttemptStatus attempt, CollectionStatus collection) implements Applied {}

    /// The workspace has no such attempt.
    record Unknown() implements Applied {}
  }

  /// Locks, in the order of mandates, what is to go out with the run of an input day, and says what
  /// can: the rest is skipped, put off or left waiting for its mandate, and what came back and
  /// cannot be retried is given up.
  public List<Presentable> due(Tx tx, LocalDate inputDay) {
    var planner = new Planner(calendar, Collector.of(tx));
    var cycle = planner.cycleFrom(inputDay);
    var mandates = MandateFacts.lock(tx, CollectionRows.mandatesOfDue(tx, cycle.entryDay()));
    var changes = new ChangeSet(tx);
    var ready = new ArrayList<Collection>();
    for (var collection : CollectionRows.due(tx, cycle.entryDay())) {
      var mandate = mandates.get(collection.mandate());
      if (mandate == null) continue;

      var open =
          collection.status() == CollectionStatus.RETRYING
              ? retried(tx, changes, collection, mandate, cycle)
              : opened(tx, changes, collection, mandate, cycle, planner);
      if (open != null) ready.add(open);
    }
    changes.write();
    return presentable(tx, ready, mandates, cycle);
  }

  private List<Presentable> presentable(
      Tx tx, List<Collection> ready, Map<MandateId, MandateFacts> mandates, Cycle cycle) {
    var earlier = attemptsOf(tx, ready);
    var paid =
        MandateFacts.paid(
            tx, ready.stream().map(each -> each.mandate().text()).distinct().toList());
    return ready.stream()
        .map(
            collection ->
                presentable(
                    tx,
                    collection,
                    present(mandates.get(collection.mandate())),
                    earlier.getOrDefault(collection.id(), List.of()),
                    paid.contains(collection.mandate()),
                    cycle))
        .toList();
  }

  /// The scheme lets a debit be presented again for a month, under a mandate that is in force. A
  /// provider that has not done so by then does not.
  ///
  /// @return the collection if it can be, and null otherwise
  private @Nullable Collection retried(
      Tx tx, ChangeSet changes, Collection collection, MandateFacts mandate, Cycle cycle) {
    var first = collection.firstEntryOn();
    boolean isLate = first != null && cycle.entryDay().isAfter(RetryPolicy.last(first));
    if (collection.blocked() == Blocked.PROVIDER && !isLate) return null;
    if (mandate.collects() && !isLate) return collection;

    changes.change(
        CollectionEvent.FAILED,
        collection.change().step(Step.GIVE_UP).at(tx.now(), calendar),
        Source.CLOCK);
    return null;
  }

  /// @return the collection as it goes out; null if it does not
  private @Nullable Collection opened(
      Tx tx,
      ChangeSet changes,
      Collection collection,
      MandateFacts mandate,
      Cycle cycle,
      Planner planner) {
    var change = collection.change();
    if (mandate.isOver()) {
      change.step(Step.CANCEL);
      changes.change(CollectionEvent.CANCELLED, change.at(tx.now(), calendar), Source.CLOCK);
      return null;
    }
    if (mandate.status() == MandateStatus.SUSPENDED && !planner.collector().shifts()) {
      change.step(Step.SKIP);
      changes.skip(change.at(tx.now(), calendar), Source.CLOCK, Skipped.MANDATE_SUSPENDED, null);
      return null;
    }
    if (!mandate.collects()) {
      if (collection.blocked() != Blocked.MANDATE) {
        change.step(Step.DEFER).blocked(Blocked.MANDATE);
        changes.change(CollectionEvent.AMENDED, change.at(tx.now(), calendar), Source.CLOCK);
      }
      return null;
    }
    if (collection.awaitsNotice() || collection.entryOn().isBefore(cycle.entryDay())) {
      putOff(tx, changes, collection, planner.firstToldAt(cycle.inputDay().plusDays(1)));
      return null;
    }
    if (collection.status() != CollectionStatus.SCHEDULED) return collection;

    var open = change.step(Step.OPEN).at(tx.now(), calendar);
    changes.change(open);
    return open;
  }

  /// The feed hears of it once, and not each day again.
  private void putOff(Tx tx, ChangeSet changes, Collection collection, LocalDate day) {
    var next =
        collection
            .change()
            .step(Step.DEFER)
            .entryOn(day)
            .blocked(Blocked.NOTICE)
            .tellAgain()
            .at(tx.now(), calendar);
    if (collection.blocked() == Blocked.NOTICE) {
      changes.change(next);
    } else {
      changes.change(CollectionEvent.AMENDED, next, Source.CLOCK);
    }
  }

  private Presentable presentable(
      Tx tx,
      Collection collection,
      MandateFacts mandate,
      List<Attempt> earlier,
      boolean hasPaid,
      Cycle cycle) {
    return new Presentable(
        AttemptId.generate(tx.now(), random),
        collection,
        mandate.reference(),
        present(mandate.bankAccountId()),
        mandate.providerRef(),
        earlier.size() + 1,
        code(collection, hasPaid, earlier),
        cycle);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) throw new IllegalStateException("a mandate in force lacks what it needs");
    return value;
  }

  /// What never reached a bank is no representation.
  private static TransactionCode code(
      Collection collection, boolean hasPaid, List<Attempt> earlier) {
    if (earlier.stream().anyMatch(attempt -> attempt.status() == AttemptStatus.FAILED)) {
      return TransactionCode.REPRESENTATION;
    }
    if (!hasPaid) return TransactionCode.FIRST_COLLECTION;

    return collection.isLast()
        ? TransactionCode.FINAL_COLLECTION
        : TransactionCode.REGULAR_COLLECTION;
  }

  private static Map<CollectionId, List<Attempt>> attemptsOf(Tx tx, List<Collection> collections) {
    return AttemptRows.of(tx, collections.stream().map(Collection::id).toList()).stream()
        .collect(Collectors.groupingBy(Attempt::collection));
  }

  /// Makes attempts of what [#due] has said in this transaction, which holds their mandates.
  ///
  /// @param submissionId what they go out with, or null where each goes out by itself
  public void presented(Tx tx, @Nullable String submissionId, List<Presentable> sent) {
    var changes = new ChangeSet(tx);
    var attempts = new ArrayList<Attempt>();
    for (var each : sent) {
      var next =
          each.planned()
              .change()
              .step(Step.PRESENT)
              .presentedFor(each.cycle().entryDay())
              .failed(null, null, false)
              .at(tx.now(), calendar);
      attempts.add(
          new Attempt(
              each.attempt(),
              each.collection(),
              each.mandate(),
              each.n(),
              each.code(),
              each.amount().amount(),
              each.cycle(),
              AttemptStatus.SUBMITTED,
              null,
              false,
              tx.now(),
              null,
              null,
              null,
              0));
      changes.change(CollectionEvent.SUBMITTED, next, each.attempt(), Source.CLOCK, null);
    }
    AttemptRows.insert(tx, attempts, submissionId);
    changes.write();
    var entryDays = new HashMap<MandateId, LocalDate>();
    for (var each : sent) {
      entryDays.merge(
          each.mandate(),
          each.cycle().entryDay(),
          (one, other) -> one.isAfter(other) ? one : other);
    }
    reports.presented(tx, entryDays);
  }

  /// A submission has been taken back before any payer was asked: none of its debits was presented.
  public void withdrawn(Tx tx, String submissionId) {
    for (var attempt : AttemptRows.sentWith(tx, submissionId)) {
      apply(tx, attempt, new SchemeEvent.DebitCancelled());
    }
  }

  /// How far an attempt has come; empty if the workspace has no such attempt.
  public Optional<AttemptStatus> status(Tx tx, AttemptId attempt) {
    return AttemptRows.find(tx, attempt).map(Attempt::status);
  }

  /// One presentation of a collection beside its others.
  ///
  /// @param providerRef how a provider calls it; null if none has it yet
  public record Presented(AttemptId attempt, AttemptStatus status, @Nullable String providerRef) {
    /// Whether a provider has it, and the payer is asked for it or has paid it.
    public boolean isOut() {
      return providerRef != null && status.stands();
    }
  }

  /// All presentations of the collection of which this is one, the first first.
  public List<Presented> together(Tx tx, AttemptId attempt) {
    return AttemptRows.find(tx, attempt).stream()
        .flatMap(each -> AttemptRows.of(tx, List.of(each.collection())).stream())
        .map(each -> new Presented(each.id(), each.status(), each.providerRef()))
        .toList();
  }

  /// Keeps how a provider calls an attempt, unless it has a name.
  public void named(Tx tx, AttemptId attempt, String providerRef) {
    AttemptRows.name(tx, attempt, providerRef);
  }

  private static Map<CollectionId, Collection> byId(Tx tx, List<CollectionId> ids) {
    return CollectionRows.all(tx, ids).stream()
        .collect(Collectors.toMap(Collection::id, Function.identity()));
  }

  /// Does what a scheme reports of a debit: to the attempt, to its collection and to the mandate.
  ///
  /// @throws IllegalArgumentException if the report is about an instruction
  public Applied apply(Tx tx, AttemptId id, SchemeEvent event) {
    var held = held(tx, id);
    return held == null ? new Applied.Unknown() : apply(tx, held, event, true);
  }

  /// The same for a debit that came back and that a provider presents again of itself: its
  /// collection waits for that, and is in no run.
  public Applied returnedForNow(Tx tx, AttemptId id, SchemeEvent.DebitReturned event) {
    var held = held(tx, id);
    if (held == null) return new Applied.Unknown();

    var applied = apply(tx, held, event, false);
    return applied.fits() && awaitProvider(tx, held.attempt().collection())
        ? new Applied.Moved(held.attempt().collection(), CollectionStatus.RETRYING)
        : applied;
  }

  /// An attempt whose mandate the transaction holds the lock of.
  ///
  /// @param others of the same collection
  private record Held(Attempt attempt, Collection collection, List<Attempt> others) {
    /// Of the others that the payer is asked for or has paid, the one that has come furthest.
    @Nullable Attempt beside() {
      return others.stream()
          .filter(other -> other.status().stands())
          .max(Comparator.comparing(Attempt::status))
          .orElse(null);
    }

    /// How often the collection has been presented, by whomever.
    int presented() {
      return attempt.n() + attempt.takenUp() + others.stream().mapToInt(Attempt::takenUp).sum();
    }
  }

  private static @Nullable Held held(Tx tx, AttemptId id) {
    var found = AttemptRows.find(tx, id);
    if (found.isEmpty()) return null;

    MandateFacts.lock(tx, List.of(found.get().mandate().text()));
    var all = AttemptRows.of(tx, List.of(found.get().collection()));
    return new Held(
        all.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(),
        CollectionRows.find(tx, found.get().collection()).orElseThrow(),
        all.stream().filter(each -> !each.id().equals(id)).toList());
  }

  private Applied apply(Tx tx, Held held, SchemeEvent event, boolean retries) {
    var source = Source.of(event);
    var changes = new ChangeSet(tx);
    var attempt = held.attempt();
    var collection = held.collection();
    var beside = held.beside();
    var moving = new Moving(scheduled(tx, attempt, event), collection);
    for (var step : stepsOf(event)) {
      var after = step(tx, changes, moving, beside, step, source);
      if (after == null) return new Applied.Illegal(attempt.status(), collection.status());

      moving = after;
    }
    moving = onTheDay(tx, changes, moving, beside, source);
    if (moving.attempt().equals(attempt) && moving.collection().equals(collection)) {
      return new Applied.Unchanged();
    }
    if (!moving.attempt().cycle().equals(attempt.cycle())) {
      AttemptRows.schedule(tx, attempt.id(), moving.attempt().cycle());
    }
    AttemptRows.update(tx, List.of(moving.attempt()));
    changes.write();
    reports.apply(tx, attempt.mandate(), event);
    var status =
        event instanceof SchemeEvent.DebitReturned(var reason) && retries
            ? retried(tx, moving, reason, held.presented())
            : moving.collection().status();
    return new Applied.Moved(collection.id(), status);
  }

  /// The attempt for the day that a provider has chosen, if it has.
  private Attempt scheduled(Tx tx, Attempt attempt, SchemeEvent event) {
    if (!(event instanceof SchemeEvent.DebitResubmitted(var entryDay)) || entryDay == null) {
      return attempt;
    }
    var cycle = Collector.of(tx).cycleTo(calendar, entryDay);
    return cycle.entryDay().equals(attempt.cycle().entryDay()) ? attempt : attempt.of(cycle);
  }

  /// What is under way again may have got another day than it had.
  private Moving onTheDay(
      Tx tx, ChangeSet changes, Moving moving, @Nullable Attempt beside, Source source) {
    var collection = moving.collection();
    var day = moving.attempt().cycle().entryDay();
    if (beside != null
        || moving.attempt().status() != AttemptStatus.SUBMITTED
        || collection.status() != CollectionStatus.SUBMITTED
        || collection.entryOn().equals(day)) {
      return moving;
    }
    var next = collection.change().entryOn(day).at(tx.now(), calendar);
    changes.change(CollectionEvent.AMENDED, next, moving.attempt().id(), source, null);
    return new Moving(moving.attempt(), next);
  }

  /// Has a collection wait for its provider, if it is to be collected and nothing of it is out.
  ///
  /// @return whether it waits
  private boolean awaitProvider(Tx tx, CollectionId id) {
    var collection = CollectionRows.find(tx, id).orElseThrow();
    boolean hasCome = collection.blocked() == Blocked.PROVIDER;
    boolean isEnded =
        collection.status() != CollectionStatus.FAILED
            && collection.status() != CollectionStatus.RETRYING;
    if (hasCome || isEnded || MandateFacts.of(tx, collection.mandate()).isOver()) return hasCome;

    var changes = new ChangeSet(tx);
    var waiting =
        collection.change().step(Step.RETRY).blocked(Blocked.PROVIDER).at(tx.now(), calendar);
    changes.change(CollectionEvent.RETRY_SCHEDULED, waiting, Source.PROVIDER);
    changes.write();
    return true;
  }

  private record Moving(Attempt attempt, Collection collection) {}

  /// What a step makes of an attempt and its collection; null if it is not legal.
  ///
  /// @param beside another attempt of the collection that stands, the one that has come furthest
  private @Nullable Moving step(
      Tx tx, ChangeSet changes, Moving moving, @Nullable Attempt beside, Step step, Source source) {
    var attempt = moving.attempt();
    var collection = moving.collection();
    var reason = source.reason() == null ? null : source.reason().code();
    if (attempt.status().after(step) instanceof Next.Illegal) return null;
    // Said before of this attempt, whatever its collection has gone through since.
    if (attempt.status().after(step) instanceof Next.Same
        && step != Step.CLAIM
        && step != Step.RELEASE) {
      return moving;
    }
    boolean isLate = attempt.status() == AttemptStatus.SETTLED;
    var nextAttempt =
        attempt.status().after(step) instanceof Next.To<AttemptStatus>(var status)
            ? attempt.as(status, reason, tx.now())
            : attempt;
    if (beside != null && step != Step.CLAIM && step != Step.RELEASE) {
      return followed(tx, changes, new Moving(nextAttempt, collection), beside, source);
    }
    return switch (collection.status().after(step)) {
      case Next.Illegal<CollectionStatus> _ -> null;
      case Next.Same<CollectionStatus> _ -> new Moving(nextAttempt, collection);
      case Next.To<CollectionStatus> _ -> {
        var change = collection.change().step(step);
        if (step == Step.RETURN) change.failed(Stage.BANK, reason, isLate);
        if (step == Step.REJECT) change.failed(Stage.INPUT, null, false);
        if (step == Step.TAKE_UP) underWay(change, nextAttempt);
        var next = change.at(tx.now(), calendar);
        var told = told(step);
        if (told == null) {
          changes.change(next);
        } else {
          changes.change(told, next, attempt.id(), source, null);
        }
        yield new Moving(nextAttempt, next);
      }
    };
  }

  private static void underWay(Collection.Change change, Attempt attempt) {
    change.presentedFor(attempt.cycle().entryDay()).failed(null, null, false).blocked(null);
  }

  /// Where several attempts of a collection stand, it is what the one that has come furthest makes
  /// of it: the end of another ends nothing, and brings no retry. What is claimed back stays so.
  private Moving followed(Tx tx, ChangeSet changes, Moving moving, Attempt beside, Source source) {
    var attempt = moving.attempt();
    var collection = moving.collection();
    var leader =
        attempt.status().stands() && attempt.status().compareTo(beside.status()) > 0
            ? attempt
            : beside;
    var steps = towards(collection.status(), leader.status());
    if (steps.isEmpty()) return moving;

    var change = collection.change();
    steps.forEach(change::step);
    underWay(change, leader);
    var next = change.at(tx.now(), calendar);
    changes.change(present(told(steps.getLast())), next, leader.id(), source, null);
    return new Moving(attempt, next);
  }

  /// What makes of a collection what an attempt that stands has come to: it goes the rest of the
  /// way, or all of it anew if it has gone too far.
  private static List<Step> towards(CollectionStatus from, AttemptStatus leader) {
    if (from == CollectionStatus.CLAWED_BACK) return List.of();

    int there = STANDING.indexOf(leader.word());
    int here = STANDING.indexOf(from.word());
    if (here <= there) return WAY.subList(here + 1, there + 1);

    var anew = new ArrayList<>(List.of(Step.RETURN));
    anew.addAll(WAY.subList(0, there + 1));
    return anew;
  }

  /// What attempts that stand and their collections go through, and by which steps.
  private static final List<String> STANDING = List.of("submitted", "collected", "settled");

  private static final List<Step> WAY = List.of(Step.TAKE_UP, Step.COLLECT, Step.SETTLE);

  /// Claims have events of their own, told by whoever keeps them.
  private static @Nullable CollectionEvent told(Step step) {
    return switch (step) {
      case TAKE_UP -> CollectionEvent.SUBMITTED;
      case COLLECT -> CollectionEvent.COLLECTED;
      case SETTLE -> CollectionEvent.SETTLED;
      case RETURN, REJECT, GIVE_UP -> CollectionEvent.FAILED;
      case WITHDRAW, CANCEL -> CollectionEvent.CANCELLED;
      case OPEN, DEFER, AMEND, SKIP, PRESENT, RETRY, CLAIM, RELEASE -> null;
    };
  }

  private static List<Step> stepsOf(SchemeEvent event) {
    return switch (event) {
      case SchemeEvent.DebitSubmitted _, SchemeEvent.ClaimSettled _ -> List.of();
      case SchemeEvent.DebitRejected _ -> List.of(Step.REJECT);
      case SchemeEvent.DebitCancelled _ -> List.of(Step.WITHDRAW);
      case SchemeEvent.DebitResubmitted _ -> List.of(Step.TAKE_UP);
      case SchemeEvent.DebitCollected _ -> List.of(Step.COLLECT);
      case SchemeEvent.DebitSettled _ -> List.of(Step.SETTLE);
      case SchemeEvent.DebitReturned _ -> List.of(Step.RETURN);
      case SchemeEvent.ClaimRaised _ -> List.of(Step.CLAIM);
      case SchemeEvent.ClaimWithdrawn _ -> List.of(Step.RELEASE);
      case SchemeEvent.OfInstruction _ ->
          throw new IllegalArgumentException("not about a debit: " + event);
    };
  }

  private CollectionStatus retried(
      Tx tx, Moving moving, @Nullable SchemeReason reason, int presented) {
    var collection = moving.collection();
    if (collection.status() != CollectionStatus.FAILED) return collection.status();

    var planner = new Planner(calendar, Collector.of(tx));
    var cycle = moving.attempt().cycle();
    var first = collection.firstEntryOn();
    var next =
        RetryPolicy.next(
            planner,
            reason,
            presented,
            London.dateOf(tx.now()),
            first == null ? cycle.entryDay() : first);
    if (next.isEmpty() || MandateFacts.of(tx, collection.mandate()).isOver()) {
      return collection.status();
    }
    var changes = new ChangeSet(tx);
    var retrying = collection.change().step(Step.RETRY).entryOn(next.get()).at(tx.now(), calendar);
    changes.change(CollectionEvent.RETRY_SCHEDULED, retrying, Source.CLOCK);
    changes.write();
    return retrying.status();
  }

  /// Counts as collected whatever has reached its entry day, unless it is in doubt.
  void collect(Tx tx, LocalDate day, Doubts doubts) {
    step(tx, AttemptStatus.SUBMITTED, day, Step.COLLECT, doubts);
  }

  /// Counts as settled whatever has not come back by a day, unless it is in doubt.
  void settle(Tx tx, LocalDate day, Doubts doubts) {
    var entryOn = calendar.minus(day, Collection.DAYS_TO_RETURN);
    step(tx, AttemptStatus.COLLECTED, entryOn, Step.SETTLE, doubts);
  }

  private void step(Tx tx, AttemptStatus from, LocalDate entryOn, Step step, Doubts doubts) {
    var held = MandateFacts.lock(tx, AttemptRows.mandatesOf(tx, from, entryOn));
    var attempts =
        AttemptRows.in(tx, from, entryOn).stream()
            .filter(attempt -> held.containsKey(attempt.mandate()))
            .filter(attempt -> !isInDoubt(attempt, present(held.get(attempt.mandate())), doubts))
            .toList();
    var collections = byId(tx, attempts.stream().map(Attempt::collection).toList());
    var changes = new ChangeSet(tx);
    var moved = new HashMap<AttemptId, Attempt>();
    for (var attempt : attempts) {
      var moving = new Moving(attempt, present(collections.get(attempt.collection())));
      var after = step(tx, changes, moving, null, step, Source.CLOCK);
      if (after != null) moved.put(attempt.id(), after.attempt());
    }
    AttemptRows.update(tx, List.copyOf(moved.values()));
    changes.write();
  }

  private boolean isInDoubt(Attempt attempt, MandateFacts mandate, Doubts doubts) {
    return doubts.ofDebit(
        mandate.reference().text(), new Pence(attempt.amount()), attempt.cycle(), calendar);
  }
}
