package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import org.jspecify.annotations.Nullable;

/// An account as a report names it.
///
/// @param name of the holder, if the report gives one
public record PayerAccount(SortCode sortCode, AccountNumber accountNumber, @Nullable String name) {

  public PayerAccount {
    if (name != null) {
      name = Words.ofOneLine(name);
      if (name.isEmpty() || name.length() > BankDetails.MAX_NAME_LENGTH) {
        throw new IllegalArgumentException("A name is 1 to 140 characters, or not there.");
      }
    }
  }

  /// Leaves the name out, so that a logged value names nobody.
  @Override
  public String toString() {
    return "PayerAccount[" + sortCode + " " + accountNumber + "]";
  }
}
