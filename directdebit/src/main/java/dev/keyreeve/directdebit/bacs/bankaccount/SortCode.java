package dev.keyreeve.directdebit.bacs.bankaccount;

import java.util.regex.Pattern;

/// The six digits that name a bank's branch, such as `20-00-00`.
public record SortCode(String digits) {

  private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{2})(-?)([0-9]{2})\\2([0-9]{2})");

  public SortCode {
    if (!SIX_DIGITS.matcher(digits).matches()) throw notASortCode();
  }

  /// Reads `20-00-00` or `200000`.
  public static SortCode parse(String text) {
    var matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) throw notASortCode();

    return new SortCode(matcher.group(1) + matcher.group(3) + matcher.group(4));
  }

  /// The written form with dashes; [#parse] reads it back.
  @Override
  public String toString() {
    return digits.substring(0, 2) + "-" + digits.substring(2, 4) + "-" + digits.substring(4);
  }

  private static IllegalArgumentException notASortCode() {
    return new IllegalArgumentException("A sort code is six digits, as in 20-00-00 or 200000.");
  }
}
