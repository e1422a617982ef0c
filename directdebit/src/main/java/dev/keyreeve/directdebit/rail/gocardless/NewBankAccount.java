package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;

/// A payer's account to be known to GoCardless.
public record NewBankAccount(
    ResourceId customer, SortCode sortCode, AccountNumber accountNumber, AccountName holder) {

  /// Leaves the account and its holder out.
  @Override
  public String toString() {
    return "NewBankAccount[" + customer + "]";
  }
}
