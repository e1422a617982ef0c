package dev.keyreeve.directdebit.watch.reporting;

import org.jspecify.annotations.Nullable;

/// One number out of another.
///
/// @param rate the quotient; absent if there is nothing to divide by
record Ratio(long numerator, long denominator, @Nullable Rate rate) {

  static Ratio of(long numerator, long denominator) {
    return new Ratio(
        numerator, denominator, denominator == 0 ? null : Rate.of(numerator, denominator));
  }
}
