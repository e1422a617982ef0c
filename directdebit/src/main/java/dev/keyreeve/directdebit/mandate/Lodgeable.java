package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.BacsAccount;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.ModulusResult;
import dev.keyreeve.procedure.Outcome;

/// Which bank details an instruction can be lodged for: an account that can exist, in a name that
/// Bacs can carry.
final class Lodgeable {
  private Lodgeable() {}

  /// Refuses with [Refusals#MODULUS_FAILED] and [Refusals#INVALID_ACCOUNT_HOLDER_NAME].
  static Outcome<BankDetails> of(BankAccounts accounts, BankDetails details) {
    if (accounts.check(details.sortCode(), details.accountNumber()) == ModulusResult.FAIL) {
      return Outcome.refused(Refusals.MODULUS_FAILED);
    }
    return BacsAccount.canCarry(details)
        ? Outcome.done(details)
        : Outcome.refused(Refusals.INVALID_ACCOUNT_HOLDER_NAME);
  }
}
