package dev.keyreeve.directdebit.collection.claim;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A claim right after an event, by ids and amounts alone.
///
/// @param amount in pence
/// @param unmatched why it is not known which debit is meant
record ClaimSnapshot(
    ClaimId id,
    @Nullable String attemptId,
    @Nullable String collectionId,
    @Nullable String mandateId,
    String bankRef,
    String reason,
    long amount,
    ClaimStatus status,
    Instant since,
    LocalDate receivedOn,
    LocalDate challengeBy,
    LocalDate settlesOn,
    @Nullable Unmatched unmatched,
    int version) {

  static ClaimSnapshot of(Claim claim) {
    return new ClaimSnapshot(
        claim.id(),
        claim.attemptId(),
        claim.collectionId(),
        claim.mandateId(),
        claim.bankRef(),
        claim.reason().code(),
        claim.amount().amount(),
        claim.status(),
        claim.since(),
        claim.receivedOn(),
        claim.challengeBy(),
        claim.settlesOn(),
        claim.unmatched(),
        claim.version());
  }
}
