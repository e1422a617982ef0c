package dev.keyreeve.directdebit.watch.alert;

import org.jspecify.annotations.Nullable;

/// What is watched, over which days, and from where on it is an alert. Levels are whole numbers in
/// the metric's unit, and are compared by multiplication, so that nothing is ever rounded.
///
/// @param family only reasons of this; all if null
/// @param minSample the least denominator that says anything
/// @param clear resolves beyond it; 80 % of `warn` if null, or 125 % where more is better
/// @param cooldownDays for so many days after an alert was resolved, no other is opened
record Rule(
    RuleName name,
    AlertMetric metric,
    @Nullable ReasonFamily family,
    RuleScope scope,
    RuleWindow window,
    int minSample,
    long warn,
    long critical,
    @Nullable Long clear,
    int cooldownDays,
    boolean enabled) {

  /// What 100 % is.
  static final long WHOLE = 10_000;

  AlertLevel level(Counts counts) {
    if (metric.isRate() && (counts.denominator() == 0 || counts.denominator() < minSample)) {
      return AlertLevel.INSUFFICIENT_DATA;
    }
    if (breaches(counts, critical)) return AlertLevel.CRITICAL;
    if (breaches(counts, warn)) return AlertLevel.WARNING;
    return isClear(counts) ? AlertLevel.CLEAR : AlertLevel.ELEVATED;
  }

  /// A rate that is worse when low breaches below its level; every other value at it.
  private boolean breaches(Counts counts, long level) {
    if (metric.isRate()) {
      int compared = Long.compare(counts.numerator() * WHOLE, level * counts.denominator());
      return metric.isBetterHigh() ? compared < 0 : compared >= 0;
    }
    return metric.isBetterHigh() ? counts.numerator() <= level : counts.numerator() >= level;
  }

  private boolean isClear(Counts counts) {
    if (!metric.isRate()) return true;

    long numerator = counts.numerator() * WHOLE;
    long denominator = counts.denominator();
    if (metric.isBetterHigh()) {
      return clear == null
          ? 4 * numerator >= Math.min(5 * warn, 4 * WHOLE) * denominator
          : numerator >= clear * denominator;
    }
    return clear == null ? 5 * numerator < 4 * warn * denominator : numerator < clear * denominator;
  }

  /// Whether one value is worse than another.
  boolean isWorse(Counts value, Counts other) {
    int compared =
        metric.isRate()
            ? Long.compare(
                value.numerator() * other.denominator(), other.numerator() * value.denominator())
            : Long.compare(value.numerator(), other.numerator());
    return metric.isBetterHigh() ? compared < 0 : compared > 0;
  }
}
