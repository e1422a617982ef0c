package dev.keyreeve.platform;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what happens in its own time.
public final class Until {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private Until() {}

  /// @throws AssertionError if it is still not so after a minute
  public static void isTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) throw new AssertionError("waited in vain");
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}
