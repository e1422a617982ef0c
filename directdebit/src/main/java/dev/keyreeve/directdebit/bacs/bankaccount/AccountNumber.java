package dev.keyreeve.directdebit.bacs.bankaccount;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The eight digits of an account at a branch. They print as `****1234`; [#reveal] alone hands out
/// all of them, for encryption, for the scheme and for the modulus check.
public final class AccountNumber {

  private static final Pattern SEVEN_OR_EIGHT_DIGITS = Pattern.compile("[0-9]{7,8}");

  private final String digits;

  private AccountNumber(String digits) {
    this.digits = digits;
  }

  /// Reads eight digits, or the seven that some banks print, to which a leading zero belongs.
  public static AccountNumber parse(String text) {
    if (!SEVEN_OR_EIGHT_DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("An account number is seven or eight digits.");
    }

    return new AccountNumber(text.length() == 7 ? "0" + text : text);
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
