package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.mandate.MandateId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One presentation of a collection, as one row of the store.
///
/// @param n 1 for the first
/// @param amount in pence
/// @param late whether it came back after it had settled
/// @param failedAt when it was returned last
/// @param settledAt when it last counted as paid for good
/// @param takenUp how often a provider has presented it again
record Attempt(
    AttemptId id,
    CollectionId collection,
    MandateId mandate,
    int n,
    TransactionCode code,
    long amount,
    Cycle cycle,
    AttemptStatus status,
    @Nullable String reason,
    boolean late,
    Instant submittedAt,
    @Nullable Instant failedAt,
    @Nullable Instant settledAt,
    @Nullable String providerRef,
    int takenUp) {

  Attempt as(AttemptStatus next, @Nullable String why, Instant now) {
    boolean isTakenUp = next == AttemptStatus.SUBMITTED;
    boolean fails = next == AttemptStatus.FAILED;
    return new Attempt(
        id,
        collection,
        mandate,
        n,
        code,
        amount,
        cycle,
        next,
        isTakenUp ? null : why == null ? reason : why,
        fails ? status == AttemptStatus.SETTLED : late && !isTakenUp,
        submittedAt,
        fails || next == AttemptStatus.REJECTED ? now : failedAt,
        next == AttemptStatus.SETTLED ? now : settledAt,
        providerRef,
        isTakenUp ? takenUp + 1 : takenUp);
  }

  /// The same for other days.
  Attempt of(Cycle next) {
    return new Attempt(
        id,
        collection,
        mandate,
        n,
        code,
        amount,
        next,
        status,
        reason,
        late,
        submittedAt,
        failedAt,
        settledAt,
        providerRef,
        takenUp);
  }
}
