package dev.keyreeve.directdebit.bacs.bankaccount;

import java.util.regex.Pattern;

/// The six digits that name a bank's branch, such as `20-00-00`.
public record SortCode(String digits) {

  private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");

  public SortCode {
    if (!SIX_DIGITS.matcher(digits).matches()) {
      throw new IllegalArgumentException("A sort code is six digits, as in 20-00-00 or 200000.");
    }
  }

  /// Reads six digits as people type them: `20-00-00`, `200000`, or with spaces and dashes of any
  /// other kind.
  public static SortCode parse(String text) {
    return new SortCode(TypedDigits.of(text));
  }

  /// The written form with dashes; [#parse] reads it back.
  @Override
  public String toString() {
    return digits.substring(0, 2) + "-" + digits.substring(2, 4) + "-" + digits.substring(4);
  }
}
