package dev.keyreeve.directdebit.bacs.standard18;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;

/// One debit, or one instruction to lodge or to cancel.
///
/// @param collector the account that is credited, in the name that payers see
/// @param amount more than nothing for a debit, and zero for an instruction
/// @param processingDay the second day of the cycle
public record DataRecord(
    TransactionCode code,
    BacsAccount payer,
    BacsAccount collector,
    Pence amount,
    MandateReference reference,
    LocalDate processingDay) {

  /// The most that a record can hold: eleven digits of pence.
  public static final Pence MAX_AMOUNT = new Pence(99_999_999_999L);

  public DataRecord {
    if (code.isDebit() == amount.isZero()) {
      throw new IllegalArgumentException(
          "A debit has an amount, and an instruction an amount of zero.");
    }
    if (amount.compareTo(MAX_AMOUNT) > 0) {
      throw new IllegalArgumentException("A record holds at most " + MAX_AMOUNT + " pounds.");
    }
  }
}
