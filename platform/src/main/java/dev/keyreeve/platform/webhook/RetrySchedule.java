package dev.keyreeve.platform.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a delivery that failed is tried again: ten times in all, over a little more than three
/// days.
final class RetrySchedule {
  /// The wait after the first try, the second, and so on.
  static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /// The longest that a receiver can put us off.
  static final Duration LONGEST_DELAY = Duration.ofHours(24);

  /// Waits are stretched by up to this part, so that what failed together does not return together.
  private static final double JITTER = 0.1;

  private RetrySchedule() {}

  /// When to try again, or nothing if that was the last try.
  ///
  /// @param tries how many there have been, this one included
  /// @param notBefore when the receiver wants to be asked again, if it said so
  static Optional<Instant> next(
      int tries, Instant now, @Nullable Instant notBefore, RandomGenerator random) {
    if (tries > WAITS.size()) return Optional.empty();

    var wait = WAITS.get(Math.max(1, tries) - 1);
    var planned =
        now.plus(wait).plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble()));
    return Optional.of(notBefore == null || notBefore.isBefore(planned) ? planned : notBefore);
  }
}
