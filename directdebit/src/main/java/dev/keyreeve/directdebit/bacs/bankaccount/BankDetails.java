package dev.keyreeve.directdebit.bacs.bankaccount;

import dev.keyreeve.procedure.shape.PlainText;
import dev.keyreeve.procedure.shape.Text;

/// The account that a payer lets be debited, and the name it is held in: 1 to 140 characters on one
/// line, as the payer wrote them but in [PlainText].
public record BankDetails(
    SortCode sortCode,
    AccountNumber accountNumber,
    @Text(max = BankDetails.MAX_NAME_LENGTH, plain = true) String accountHolderName) {

  public static final int MAX_NAME_LENGTH = 140;

  public BankDetails {
    accountHolderName = PlainText.of(accountHolderName.strip());
    if (accountHolderName.isEmpty()
        || accountHolderName.length() > MAX_NAME_LENGTH
        || accountHolderName.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "An account holder's name is 1 to 140 characters on one line.");
    }
  }

  /// Leaves the holder's name out, so that a logged value names nobody.
  @Override
  public String toString() {
    return "BankDetails[" + sortCode + " " + accountNumber + "]";
  }
}
