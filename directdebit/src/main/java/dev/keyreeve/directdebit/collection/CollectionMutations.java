package dev.keyreeve.directdebit.collection;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.AMOUNT_MISMATCH;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.COLLECTION_NOT_FOUND;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.INVALID_STATE;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.NOT_REPRESENTABLE;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.PAST_CUTOFF;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.TOO_LATE;
import static dev.keyreeve.directdebit.collection.CollectionRefusals.VERSION_MISMATCH;
import static dev.keyreeve.directdebit.mandate.Refusals.AMOUNT_OVER_LIMIT;
import static dev.keyreeve.directdebit.mandate.Refusals.MANDATE_NOT_FOUND;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.patch;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.directdebit.mandate.Source;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.platform.tenancy.InWorkspace;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What signed-in people can do to single collections.
final class CollectionMutations {
  private final Tenancy tenancy;
  private final BacsCalendar calendar;
  private final RandomGenerator random;

  CollectionMutations(Tenancy tenancy, BacsCalendar calendar, RandomGenerator random) {
    this.random = random;
    this.tenancy = tenancy;
    this.calendar = calendar;
  }

  List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("collections.createOneOff", signedIn(Role.OPERATOR), post("/collections"))
            .about("Plans one debit beside the schedule of a mandate.")
            .takes(CreateOneOff.class)
            .gives(CollectionSummary.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(MANDATE_NOT_FOUND, INVALID_STATE, AMOUNT_OVER_LIMIT, PAST_CUTOFF)
            .by(tenancy.writes(this::createOneOff)),
        mutation("collections.amend", signedIn(Role.OPERATOR), patch("/collections/{id}"))
            .about("Changes the amount or the day of a debit that has not gone out.")
            .takes(AmendCollection.class)
            .gives(CollectionSummary.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(
                COLLECTION_NOT_FOUND,
                VERSION_MISMATCH,
                INVALID_STATE,
                AMOUNT_OVER_LIMIT,
                PAST_CUTOFF)
            .by(tenancy.writes(this::amend)),
        mutation("collections.cancel", signedIn(Role.OPERATOR), post("/collections/{id}/cancel"))
            .about("Cancels a debit that has not gone out, or gives up presenting it again.")
            .takes(CancelCollection.class)
            .gives(CollectionSummary.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(COLLECTION_NOT_FOUND, VERSION_MISMATCH, INVALID_STATE)
            .by(tenancy.writes(this::cancel)),
        mutation("collections.retry", signedIn(Role.OPERATOR), post("/collections/{id}/retry"))
            .about("Has a failed debit presented once more.")
            .takes(RetryCollection.class)
            .gives(CollectionSummary.class)
            .refuses(Reached.OF_WORKSPACE)
            .refuses(
                COLLECTION_NOT_FOUND,
                VERSION_MISMATCH,
                INVALID_STATE,
                NOT_REPRESENTABLE,
                AMOUNT_MISMATCH,
                PAST_CUTOFF,
                TOO_LATE)
            .by(tenancy.writes(this::retry)));
  }

  /// @param amount in pence
  /// @param dueOn the day on which the payer is to be debited, or the next processing day after it;
  ///   the payer has to be told of it in time
  /// @param workspaceId the caller's own unless said
  @SnakeCase
  record CreateOneOff(
      MandateId mandateId,
      @Range(min = 1, max = ScheduleDraft.MAX_AMOUNT) long amount,
      LocalDate dueOn,
      @Nullable @Text(max = 200, plain = true) String description,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  /// @param amount in pence; stays unless said
  /// @param dueOn stays unless said
  /// @param ifVersion amend only what you have seen
  /// @param workspaceId the caller's own unless said
  @SnakeCase
  record AmendCollection(
      CollectionId id,
      @Nullable @Range(min = 1, max = ScheduleDraft.MAX_AMOUNT) Long amount,
      @Nullable LocalDate dueOn,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  /// @param ifVersion cancel only what you have seen
  /// @param workspaceId the caller's own unless said
  @SnakeCase
  record CancelCollection(
      CollectionId id,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  /// @param amount what the caller takes it to be, in pence; it cannot change
  /// @param entryOn the day on which the payer is to be debited, or the next processing day after
  ///   it; the first possible one unless said
  /// @param ifVersion retry only what you have seen
  /// @param workspaceId the caller's own unless said
  @SnakeCase
  record RetryCollection(
      CollectionId id,
      @Nullable @Range(min = 1, max = ScheduleDraft.MAX_AMOUNT) Long amount,
      @Nullable LocalDate entryOn,
      @Nullable @Range(min = 1, max = Integer.MAX_VALUE) Integer ifVersion,
      @Nullable @Text(max = 40) String workspaceId,
      @Nullable @Text(max = 128) String idempotencyKey)
      implements InWorkspace, Repeatable {}

  private Outcome<CollectionSummary> createOneOff(Tx tx, CreateOneOff input) {
    var planner = new Planner(calendar, Collector.of(tx));
    var locked = MandateFacts.lock(tx, List.of(input.mandateId().text()));
    var mandate = locked.get(input.mandateId());
    if (mandate == null) return Outcome.refused(MANDATE_NOT_FOUND);
    var earliest = planner.earliest(mandate, tx.now());
    if (earliest == null) return invalidState(mandate);
    var most = planner.collector().maxAmount().amount();
    if (input.amount() > most) return overLimit(most);
    var entryOn = calendar.onOrAfter(input.dueOn());
    if (entryOn.isBefore(earliest)) return pastCutoff(earliest);

    var collection =
        Collection.planned(
                CollectionId.generate(tx.now(), random),
                mandate.id(),
                input.amount(),
                input.dueOn(),
                entryOn,
                calendar,
                tx.now())
            .change()
            .description(input.description())
            .asNew(calendar);
    var changes = new ChangeSet(tx);
    changes.add(collection, Source.by(tx.by()));
    changes.write();
    return Outcome.done(CollectionSummary.of(collection, true));
  }

  private Outcome<CollectionSummary> amend(Tx tx, AmendCollection input) {
    return locked(
        tx,
        input.id(),
        input.ifVersion(),
        (collection, mandate) -> {
          var planner = new Planner(calendar, Collector.of(tx));
          long amount = Objects.requireNonNullElse(input.amount(), collection.amount());
          var dueOn = Objects.requireNonNullElse(input.dueOn(), collection.dueOn());
          var entryOn =
              input.dueOn() == null ? collection.entryOn() : calendar.onOrAfter(input.dueOn());
          if (!collection.status().isPlanned()) return invalidState(collection);
          if (amount == collection.amount()
              && dueOn.equals(collection.dueOn())
              && entryOn.equals(collection.entryOn())) {
            return Outcome.done(CollectionSummary.of(collection, false));
          }
          var most = planner.collector().maxAmount().amount();
          if (amount > most) return overLimit(most);
          var possible = planner.possible(mandate, tx.now());
          var told = planner.earliestTold(tx.now());
          var earliest = possible == null ? told : Planner.later(possible, told);
          if (entryOn.isBefore(earliest)) return pastCutoff(earliest);

          var next =
              collection
                  .change()
                  .step(Step.AMEND)
                  .amount(amount)
                  .dueOn(dueOn)
                  .entryOn(entryOn)
                  .tellAgain()
                  .at(tx.now(), calendar);
          return done(tx, CollectionEvent.AMENDED, next);
        });
  }

  private Outcome<CollectionSummary> cancel(Tx tx, CancelCollection input) {
    return locked(
        tx,
        input.id(),
        input.ifVersion(),
        (collection, _) ->
            switch (collection.status()) {
              case SCHEDULED, PENDING_SUBMISSION ->
                  done(
                      tx,
                      CollectionEvent.CANCELLED,
                      collection.change().step(Step.CANCEL).at(tx.now(), calendar));
              case RETRYING ->
                  done(
                      tx,
                      CollectionEvent.FAILED,
                      collection.change().step(Step.GIVE_UP).at(tx.now(), calendar));
              case CANCELLED -> Outcome.done(CollectionSummary.of(collection, false));
              case SUBMITTED, COLLECTED, SETTLED, FAILED, CLAWED_BACK, SKIPPED ->
                  invalidState(collection);
            });
  }

  private Outcome<CollectionSummary> retry(Tx tx, RetryCollection input) {
    return locked(
        tx,
        input.id(),
        input.ifVersion(),
        (collection, mandate) -> {
          if (collection.status() != CollectionStatus.FAILED) return invalidState(collection);
          if (!mandate.collects()) return invalidState(mandate);
          if (!RetryPolicy.mayBeAsked(collection.reason())) {
            return Outcome.refused(NOT_REPRESENTABLE);
          }
          if (input.amount() != null && input.amount() != collection.amount()) {
            return Outcome.refused(AMOUNT_MISMATCH, Map.of("amount", collection.amount()));
          }
          var earliest = new Planner(calendar, Collector.of(tx)).nextEntry(tx.now());
          var entryOn = input.entryOn() == null ? earliest : calendar.onOrAfter(input.entryOn());
          if (entryOn.isBefore(earliest)) return pastCutoff(earliest);
          var first = collection.firstEntryOn();
          var last = first == null ? null : RetryPolicy.last(first);
          if (last != null && entryOn.isAfter(last)) {
            return Outcome.refused(TOO_LATE, Map.of("latest", last.toString()));
          }
          var next = collection.change().step(Step.RETRY).entryOn(entryOn).at(tx.now(), calendar);
          return done(tx, CollectionEvent.RETRY_SCHEDULED, next);
        });
  }

  /// A collection as its caller has seen it, with the mandate that holds it.
  private static Outcome<CollectionSummary> locked(
      Tx tx,
      CollectionId id,
      @Nullable Integer ifVersion,
      BiFunction<Collection, MandateFacts, Outcome<CollectionSummary>> work) {
    var found = CollectionRows.find(tx, id);
    if (found.isEmpty()) return Outcome.refused(COLLECTION_NOT_FOUND);

    var under = found.get().mandate();
    var mandate = Objects.requireNonNull(MandateFacts.lock(tx, List.of(under.text())).get(under));
    var collection = CollectionRows.find(tx, id).orElseThrow();
    return ifVersion != null && ifVersion != collection.version()
        ? Outcome.refused(VERSION_MISMATCH, Map.of("version", collection.version()))
        : work.apply(collection, mandate);
  }

  private static Outcome<CollectionSummary> done(
      Tx tx, CollectionEvent event, Collection collection) {
    var changes = new ChangeSet(tx);
    changes.change(event, collection, Source.by(tx.by()));
    changes.write();
    return Outcome.done(CollectionSummary.of(collection, true));
  }

  private static Outcome<CollectionSummary> invalidState(Collection collection) {
    return Outcome.refused(INVALID_STATE, Map.of("status", collection.status().word()));
  }

  private static Outcome<CollectionSummary> invalidState(MandateFacts mandate) {
    return Outcome.refused(INVALID_STATE, Map.of("mandate_status", mandate.status().word()));
  }

  private static Outcome<CollectionSummary> overLimit(long most) {
    return Outcome.refused(AMOUNT_OVER_LIMIT, Map.of("max_amount", most));
  }

  private static Outcome<CollectionSummary> pastCutoff(LocalDate earliest) {
    return Outcome.refused(PAST_CUTOFF, Map.of("earliest", earliest.toString()));
  }
}
