package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an advice says of the payer's new account, in the words of the report: all of it, a part,
/// or nothing. A part that is blank or filled with zeros is not there.
///
/// @param sortCode as it is written, null if it is not
/// @param accountNumber as it is written, null if it is not
public record NewPayer(@Nullable String sortCode, @Nullable String accountNumber) {
  public static final NewPayer NONE = new NewPayer(null, null);

  private static final Pattern FILLED = Pattern.compile("[0 -]*");

  public static NewPayer of(SortCode sortCode, AccountNumber accountNumber) {
    return new NewPayer(sortCode.toString(), accountNumber.reveal());
  }

  /// Whether it says anything, readable or not.
  public boolean isTold() {
    return isThere(sortCode) || isThere(accountNumber);
  }

  /// The account, if both parts of it are there and can be read: half of one is never used.
  public Optional<NewAccount> account() {
    var branch = read(sortCode, SortCode::parse);
    var number = read(accountNumber, AccountNumber::ofDigits);
    return branch == null || number == null
        ? Optional.empty()
        : Optional.of(new NewAccount(branch, number));
  }

  /// What it says, for a person; null if it says nothing. As little of the number as tells one
  /// account of a payer from another.
  @Nullable String news() {
    if (!isTold()) return null;

    var account = account();
    if (account.isPresent()) {
      return "It names a new account, ending in " + account.get().accountNumber().last4() + ".";
    }
    if (!isThere(accountNumber)) return "It names a new sort code and no account number.";
    if (!isThere(sortCode)) return "It names a new account number and no sort code.";

    return "It names a new account that cannot be read.";
  }

  private static boolean isThere(@Nullable String part) {
    return part != null && !FILLED.matcher(part).matches();
  }

  private static <T> @Nullable T read(@Nullable String part, Function<String, T> parser) {
    if (part == null || !isThere(part)) return null;

    try {
      return parser.apply(part.strip());
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /// Leaves the number out, so that a logged value names no account.
  @Override
  public String toString() {
    return "NewPayer[" + news() + "]";
  }
}
