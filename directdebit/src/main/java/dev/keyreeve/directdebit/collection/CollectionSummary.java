package dev.keyreeve.directdebit.collection;

import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A collection that a person has changed.
///
/// @param amount in pence
/// @param entryOn the day on which the payer is debited, or was last
/// @param changed false if it was so already
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
@SnakeCase
record CollectionSummary(
    CollectionId id,
    String mandateId,
    long amount,
    LocalDate dueOn,
    LocalDate entryOn,
    CollectionStatus status,
    boolean outcomeFinal,
    @Nullable LocalDate expectedFinalOn,
    @Nullable String description,
    int version,
    boolean changed,
    boolean replayed)
    implements Replayable<CollectionSummary> {

  static CollectionSummary of(Collection collection, boolean changed) {
    return new CollectionSummary(
        collection.id(),
        collection.mandate().text(),
        collection.amount(),
        collection.dueOn(),
        collection.entryOn(),
        collection.status(),
        collection.status().isFinal(),
        collection.expectedFinalOn(),
        collection.description(),
        collection.version(),
        changed,
        false);
  }

  @Override
  public CollectionSummary asReplay() {
    return new CollectionSummary(
        id,
        mandateId,
        amount,
        dueOn,
        entryOn,
        status,
        outcomeFinal,
        expectedFinalOn,
        description,
        version,
        changed,
        true);
  }
}
