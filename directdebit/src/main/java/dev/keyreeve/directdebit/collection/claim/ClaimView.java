package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A claim as operators see it.
///
/// @param reference the mandate's, as the bank writes it
/// @param reason the code of the bank's claim; `cause` says it in a word
/// @param amount in pence; the whole of the debit
/// @param debitedOn the entry day that the bank names
/// @param challengeBy the last day on which it can be challenged
/// @param settlesOn when it is taken from the collector unless it is challenged
/// @param unmatched why it is not known which debit is meant
/// @param flagged whether it ended its mandate and nobody has looked at it
/// @param allowedActions what would change something today
/// @param version name it as `if_version` to change only what you have seen
@SnakeCase
record ClaimView(
    ClaimId id,
    @Nullable String attemptId,
    @Nullable String collectionId,
    @Nullable String mandateId,
    String bankRef,
    String reference,
    String reason,
    String cause,
    long amount,
    @Nullable LocalDate debitedOn,
    ClaimStatus status,
    Instant since,
    LocalDate receivedOn,
    LocalDate challengeBy,
    LocalDate settlesOn,
    @Nullable Unmatched unmatched,
    boolean flagged,
    @Nullable String assignee,
    List<ClaimAction> allowedActions,
    int version) {

  static ClaimView of(Claim claim, LocalDate today) {
    return new ClaimView(
        claim.id(),
        claim.attemptId(),
        claim.collectionId(),
        claim.mandateId(),
        claim.bankRef(),
        claim.reference(),
        claim.reason().code(),
        claim.reason().cause(),
        claim.amount().amount(),
        claim.debitedOn(),
        claim.status(),
        claim.since(),
        claim.receivedOn(),
        claim.challengeBy(),
        claim.settlesOn(),
        claim.unmatched(),
        claim.flagged(),
        claim.assignee(),
        List.copyOf(claim.allowedActions(today)),
        claim.version());
  }
}
