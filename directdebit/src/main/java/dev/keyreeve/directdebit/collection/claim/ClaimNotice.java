package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a bank or a provider says of one claimed debit, beside what happened to the claim.
///
/// @param key the same however often it is told, and another for every other notice
/// @param bankRef by which the paying bank knows the claim; its withdrawal has the same, and so may
///   other claims: each bank counts for itself
/// @param reference the mandate's, as the bank writes it
/// @param debitedOn the entry day that the bank names, if it does
/// @param attemptId the debit that fits; null if none does, or if several do
/// @param mandateId the mandate that the reference names; null if none
/// @param settlesOn the day that the bank names for taking the money; counted from today if null
public record ClaimNotice(
    String key,
    String bankRef,
    String reference,
    Pence amount,
    @Nullable LocalDate debitedOn,
    @Nullable String attemptId,
    @Nullable String mandateId,
    @Nullable LocalDate settlesOn) {

  public ClaimNotice {
    if (amount.isZero()) throw new IllegalArgumentException("A claim is for something.");
  }
}
