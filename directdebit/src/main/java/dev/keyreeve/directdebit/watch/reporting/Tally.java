package dev.keyreeve.directdebit.watch.reporting;

/// How many there are, and what they add up to.
///
/// @param value in pence
record Tally(long count, long value) {
  static final Tally NONE = new Tally(0, 0);

  Tally plus(Tally other) {
    return new Tally(count + other.count, Math.addExact(value, other.value));
  }

  Tally minus(Tally other) {
    return new Tally(count - other.count, value - other.value);
  }

  /// These out of those.
  Measure outOf(Tally all) {
    return new Measure(Ratio.of(count, all.count), Ratio.of(value, all.value));
  }
}
