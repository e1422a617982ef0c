package dev.keyreeve.platform.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// When a delivery that was not taken is tried again, and how often.
///
/// @param waits after the first try, the second, and so on; whoever waited the last of them has one
///   more try
public record RetrySchedule(List<Duration> waits) {
  /// Waits are stretched by up to this part, so that what failed together does not return together.
  private static final double JITTER = 0.1;

  public RetrySchedule {
    waits = List.copyOf(waits);
  }

  /// When to try again, or nothing if that was the last try.
  ///
  /// @param tries how many there have been, this one included
  /// @param notBefore when the receiver wants to be asked again, if it said so
  public Optional<Instant> next(
      int tries, Instant now, @Nullable Instant notBefore, RandomGenerator jitter) {
    if (tries > waits.size()) return Optional.empty();

    var wait = waits.get(Math.max(1, tries) - 1);
    var planned =
        now.plus(wait).plusMillis((long) (wait.toMillis() * JITTER * jitter.nextDouble()));
    return Optional.of(notBefore == null || notBefore.isBefore(planned) ? planned : notBefore);
  }
}
