package dev.keyreeve.platform.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a mail that was not taken is tried again: eleven times in all, over a little more than
/// three days.
final class MailRetries {
  /// The wait after the first try, the second, and so on.
  static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /// Waits are stretched by up to this part, so that a server that returns is not met by all.
  private static final double JITTER = 0.1;

  private MailRetries() {}

  /// When to try again, or nothing if that was the last try.
  ///
  /// @param attempts how many there have been, this one included
  static Optional<Instant> next(int attempts, Instant now, RandomGenerator random) {
    if (attempts > WAITS.size()) return Optional.empty();

    var wait = WAITS.get(Math.max(1, attempts) - 1);
    return Optional.of(
        now.plus(wait).plusMillis((long) (wait.toMillis() * JITTER * random.nextDouble())));
  }
}
