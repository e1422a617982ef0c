package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A claim as one row of the store.
///
/// @param attemptId the debit that is claimed back; null while nobody knows, and `unmatched` says
///   why
/// @param bankRef by which the paying bank knows the claim
/// @param reference the mandate's, as the bank writes it
/// @param debitedOn the entry day that the bank names
/// @param challengeBy the last day on which it can be challenged
/// @param settlesOn when it is taken from the collector unless it is challenged
/// @param flagged whether it has ended its mandate and nobody has looked at it
record Claim(
    ClaimId id,
    @Nullable String attemptId,
    @Nullable String collectionId,
    @Nullable String mandateId,
    String bankRef,
    String reference,
    DdicReason reason,
    Pence amount,
    @Nullable LocalDate debitedOn,
    ClaimStatus status,
    Instant since,
    LocalDate receivedOn,
    LocalDate challengeBy,
    LocalDate settlesOn,
    @Nullable Unmatched unmatched,
    boolean flagged,
    @Nullable String assignee,
    int version) {

  /// Whether it can still be challenged on a day in London.
  boolean isChallengeableOn(LocalDate day) {
    return !day.isAfter(challengeBy);
  }

  /// What would change something on a day in London.
  Set<ClaimAction> allowedActions(LocalDate day) {
    var allowed = EnumSet.noneOf(ClaimAction.class);
    if (moves(ClaimStep.START_REVIEW)) allowed.add(ClaimAction.START_REVIEW);
    if (moves(ClaimStep.ACCEPT)) allowed.add(ClaimAction.ACCEPT);
    if (moves(ClaimStep.CHALLENGE) && isChallengeableOn(day)) allowed.add(ClaimAction.CHALLENGE);
    if (moves(ClaimStep.UPHOLD)) allowed.add(ClaimAction.RECORD_OUTCOME);
    return allowed;
  }

  private boolean moves(ClaimStep step) {
    var after = status.after(step);
    return after != null && after != status;
  }
}
