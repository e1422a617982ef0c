package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.mandate.MandateId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A collection right after an event, by ids and amounts alone: events stay when a person's data
/// have to go.
///
/// @param attemptId the presentation that the event is about, if it is about one
/// @param amount in pence
/// @param blocked what keeps it from being presented on its day
/// @param late whether it came back after it had settled
public record CollectionSnapshot(
    CollectionId id,
    MandateId mandateId,
    @Nullable AttemptId attemptId,
    @Nullable String scheduleId,
    @Nullable String period,
    long amount,
    LocalDate dueOn,
    LocalDate entryOn,
    CollectionStatus status,
    boolean outcomeFinal,
    @Nullable LocalDate expectedFinalOn,
    @Nullable Blocked blocked,
    @Nullable Stage stage,
    @Nullable String reason,
    boolean late,
    int version) {

  static CollectionSnapshot of(Collection collection, @Nullable AttemptId attempt) {
    return new CollectionSnapshot(
        collection.id(),
        collection.mandate(),
        attempt,
        collection.scheduleId(),
        collection.period(),
        collection.amount(),
        collection.dueOn(),
        collection.entryOn(),
        collection.status(),
        collection.status().isFinal(),
        collection.expectedFinalOn(),
        collection.blocked(),
        collection.stage(),
        collection.reason(),
        collection.late(),
        collection.version());
  }
}
