package dev.keyreeve.directdebit.watch.alert;

/// What a metric came to, in whole numbers.
///
/// @param numerator how many; where the unit is no rate, the value itself
/// @param denominator of how many; 0 where the unit is no rate
record Counts(long numerator, long denominator) {
  static Counts of(long value) {
    return new Counts(value, 0);
  }
}
