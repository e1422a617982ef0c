package dev.keyreeve.directdebit.collection;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One presentation of a collection, as callers see it.
///
/// @param n 1 for the first
/// @param code 01 for the first debit under a mandate, 17 for others, 18 for one that came back, 19
///   for the last
/// @param amount in pence
/// @param reason the code of the bank's report, if it came back
/// @param late whether it came back after it had settled
record AttemptView(
    AttemptId id,
    int n,
    String code,
    long amount,
    LocalDate inputOn,
    LocalDate processingOn,
    LocalDate entryOn,
    AttemptStatus status,
    @Nullable String reason,
    boolean late,
    Instant submittedAt,
    @Nullable Instant failedAt,
    @Nullable Instant settledAt) {

  static AttemptView of(Attempt attempt) {
    return new AttemptView(
        attempt.id(),
        attempt.n(),
        attempt.code().code(),
        attempt.amount(),
        attempt.cycle().inputDay(),
        attempt.cycle().processingDay(),
        attempt.cycle().entryDay(),
        attempt.status(),
        attempt.reason(),
        attempt.late(),
        attempt.submittedAt(),
        attempt.failedAt(),
        attempt.settledAt());
  }
}
