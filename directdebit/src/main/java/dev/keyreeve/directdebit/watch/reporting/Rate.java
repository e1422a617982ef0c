package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.procedure.shape.Format;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/// A quotient, rounded half up to six places and written with all six: `0.818182`. It is text on
/// the wire, so that no reader makes a binary fraction of it unasked.
@Format(pattern = "^[0-9]{1,19}\\.[0-9]{6}$", example = "0.818182")
record Rate(BigDecimal value) {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,19}\\.[0-9]{6}");
  private static final int PLACES = 6;

  /// @throws ArithmeticException if the denominator is 0
  static Rate of(long numerator, long denominator) {
    return new Rate(
        BigDecimal.valueOf(numerator)
            .divide(BigDecimal.valueOf(denominator), PLACES, RoundingMode.HALF_UP));
  }

  public static Rate parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("A rate is a number with six places.");
    }
    return new Rate(new BigDecimal(text));
  }

  @Override
  public String toString() {
    return value.toPlainString();
  }
}
