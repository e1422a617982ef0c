package dev.keyreeve.directdebit.bacs.bankaccount;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The eight digits of an account at a branch. They print as `****1234`; [#reveal] alone hands out
/// all of them, for encryption, for the scheme and for the modulus check.
public final class AccountNumber {

  private static final int LENGTH = 8;
  private static final String ZEROS = "0".repeat(LENGTH);
  private static final Pattern DIGITS = Pattern.compile("[0-9]{6,10}");
  private static final Pattern SEVEN_OR_EIGHT_DIGITS = Pattern.compile("[0-9]{7,8}");

  private final String digits;

  private AccountNumber(String digits) {
    this.digits = digits;
  }

  /// Reads what people type: six to eight digits, with spaces and dashes of any kind. Zeros belong
  /// before six and seven, whichever the bank. Zeros alone are no account.
  ///
  /// Nine and ten are refused. Which eight of them count depends on the bank, a sort code does not
  /// surely tell the bank, and a wrong guess is somebody else's account.
  public static AccountNumber parse(String text) {
    var typed = TypedDigits.of(text);
    if (!DIGITS.matcher(typed).matches()) {
      throw new IllegalArgumentException("An account number is six to eight digits.");
    }

    return switch (typed.length()) {
      case 9 ->
          throw new IllegalArgumentException(
              "Direct Debit takes eight digits. At Santander, put the first of the nine in place of"
                  + " the last digit of the sort code, and give the other eight; ask any other bank"
                  + " which eight it goes by.");
      case 10 ->
          throw new IllegalArgumentException(
              "Direct Debit takes eight digits. Of ten, National Westminster goes by the last eight"
                  + " and the Co-operative Bank by the first eight; ask any other bank which it goes"
                  + " by.");
      default -> ofAnAccount(padded(typed));
    };
  }

  private static AccountNumber ofAnAccount(String digits) {
    if (digits.equals(ZEROS)) {
      throw new IllegalArgumentException("An account number of zeros is no account.");
    }
    return new AccountNumber(digits);
  }

  /// Reads what a bank's report, a file or a row says: eight digits, or the seven that some banks
  /// print. Zeros are let in, since a bank may say them.
  public static AccountNumber ofDigits(String text) {
    if (!SEVEN_OR_EIGHT_DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("An account number is seven or eight digits.");
    }

    return new AccountNumber(padded(text));
  }

  private static String padded(String digits) {
    return ZEROS.substring(digits.length()) + digits;
  }

  /// All eight digits.
  public String reveal() {
    return digits;
  }

  /// The four digits by which people recognise an account.
  public String last4() {
    return digits.substring(4);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AccountNumber that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return digits.hashCode();
  }

  @Override
  public String toString() {
    return "****" + last4();
  }

  private byte[] bytes() {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }
}
