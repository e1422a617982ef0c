package dev.keyreeve.directdebit.bacs;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;

/// An account as a record of Bacs names it, be it a payer's or a collector's.
public record BacsAccount(SortCode sortCode, AccountNumber accountNumber, AccountName name) {

  /// @throws IllegalArgumentException if Bacs cannot carry the holder's name, as
  ///   [AccountName#transliterate] tells
  public static BacsAccount of(BankDetails details) {
    return new BacsAccount(
        details.sortCode(),
        details.accountNumber(),
        AccountName.transliterate(details.accountHolderName()));
  }

  /// Whether [#of] can make a record of these details: whether Bacs can carry the holder's name.
  public static boolean canCarry(BankDetails details) {
    try {
      of(details);
      return true;
    } catch (IllegalArgumentException cannotCarry) {
      return false;
    }
  }

  /// Leaves the name out, so that a logged value names nobody.
  @Override
  public String toString() {
    return "BacsAccount[" + sortCode + " " + accountNumber + "]";
  }
}
