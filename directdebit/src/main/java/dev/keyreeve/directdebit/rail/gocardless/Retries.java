package dev.keyreeve.directdebit.rail.gocardless;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often a call is tried, and how long to wait in between: between half of `first` and all of
/// it before the second try, twice as long before the third, and so on up to `longest`. An answer
/// that asks for a longer wait than `longest` ends the tries.
///
/// @param tries in all, 1 to 10
public record Retries(int tries, Duration first, Duration longest) {

  public static final Retries DEFAULT =
      new Retries(4, Duration.ofMillis(500), Duration.ofMinutes(1));

  public Retries {
    if (tries < 1 || tries > 10)
      throw new IllegalArgumentException("A call is tried 1 to 10 times.");
    if (!first.isPositive() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException("A wait is longer than nothing.");
    }
  }

  /// How long to wait after a try that has failed.
  ///
  /// @param tried how many there were, from 1 on
  Duration after(int tried, RandomGenerator random) {
    var doubled = first.multipliedBy(1L << (tried - 1));
    var whole = doubled.compareTo(longest) < 0 ? doubled : longest;
    var half = whole.dividedBy(2);
    return half.plusNanos(random.nextLong(half.toNanos() + 1));
  }
}
