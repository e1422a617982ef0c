package dev.keyreeve.directdebit.claim;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.collection.CollectionProcedures.COLLECTIONS_READ;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Procedure.subscription;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is told of claims to those who may read collections.
public final class ClaimFeed {
  private final Tenancy tenancy;

  public ClaimFeed(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query(
                "collections.clawbackEvents",
                holds(COLLECTIONS_READ),
                get("/collections/clawback-events"))
            .about("Lists what happened to all claims, oldest first, for those who keep up.")
            .takes(ClaimEventsAfter.class)
            .gives(ClawbackEvents.class)
            .by(
                tenancy.reads(
                    (tx, input) -> {
                      var wanted = ClaimEventType.texts(input.types());
                      var batch =
                          ClaimEvents.FEED.after(tx, wanted, input.afterSeq(), input.limit());
                      return Outcome.done(new ClawbackEvents(batch.items(), batch.nextAfterSeq()));
                    })),
        subscription(
                "collections.clawbackStream",
                holds(COLLECTIONS_READ),
                get("/collections/clawback-stream"))
            .about("Tells what happens to claims, as it happens.")
            .takes(ClaimStream.class)
            .gives(ClaimEventView.class)
            .streamedBy(
                call -> {
                  var wanted = ClaimEventType.texts(call.input().types());
                  return ClaimEvents.FEED.stream(tenancy, call, wanted, call.input().afterSeq());
                }));
  }

  /// @param afterSeq the `nextAfterSeq` of the answer before; from the beginning unless said
  /// @param types only of these; of all unless said
  /// @param limit 50 unless said
  record ClaimEventsAfter(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 20) List<ClaimEventType> types,
      @Nullable @Range(min = 1, max = 200) Integer limit) {}

  /// @param nextAfterSeq what to ask for next, now or later
  record ClawbackEvents(List<ClaimEventView> items, long nextAfterSeq) {}

  /// @param afterSeq where to begin, for who has not listened before; now unless said
  /// @param types only of these; of all unless said
  record ClaimStream(
      @Nullable @Range(min = 0, max = 1L << 52) Long afterSeq,
      @Nullable @Items(min = 1, max = 20) List<ClaimEventType> types) {}
}
