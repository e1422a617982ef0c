package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.mandate.MandateId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A collection as callers see it.
///
/// @param period which debit of its schedule it is
/// @param amount in pence
/// @param dueOn the day by the schedule, or as it was asked for
/// @param entryOn the day on which the payer is debited, or was last
/// @param since when it came into this status
/// @param outcomeFinal whether a poller may stop; `expectedFinalOn` says when that is expected
/// @param blocked what keeps it from being presented on its day: `notice`, and `entryOn` is the
///   first day of which the payer can be told; `mandate`, and it waits until that is in force; or
///   `provider`, and it waits for a provider that presents it again of itself
/// @param stage where it failed
/// @param reason the code of the bank's report, if it came back
/// @param late whether it came back after it had settled
/// @param version rises with every change
record CollectionView(
    CollectionId id,
    MandateId mandateId,
    MandateReference mandateReference,
    @Nullable String payerExternalRef,
    @Nullable String scheduleId,
    @Nullable String period,
    long amount,
    LocalDate dueOn,
    LocalDate entryOn,
    CollectionStatus status,
    Instant since,
    boolean outcomeFinal,
    @Nullable LocalDate expectedFinalOn,
    @Nullable Blocked blocked,
    @Nullable Instant noticeSentAt,
    @Nullable Stage stage,
    @Nullable String reason,
    boolean late,
    @Nullable String description,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  static CollectionView of(
      Collection collection, MandateReference reference, @Nullable String payerExternalRef) {
    return new CollectionView(
        collection.id(),
        collection.mandate(),
        reference,
        payerExternalRef,
        collection.scheduleId(),
        collection.period(),
        collection.amount(),
        collection.dueOn(),
        collection.entryOn(),
        collection.status(),
        collection.since(),
        collection.status().isFinal(),
        collection.expectedFinalOn(),
        collection.blocked(),
        collection.noticeSentAt(),
        collection.stage(),
        collection.reason(),
        collection.late(),
        collection.description(),
        collection.version(),
        collection.createdAt(),
        collection.updatedAt());
  }
}
