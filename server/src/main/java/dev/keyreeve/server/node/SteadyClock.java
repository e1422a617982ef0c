package dev.keyreeve.server.node;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time of day, except that it never goes back: when the system's clock is set back, this one
/// runs at half speed until it is caught up with. Windows of limits and expiries are never entered
/// twice.
final class SteadyClock implements InstantSource {
  private final LongSupplier wallMillis;
  private final LongSupplier nanos;
  private long toldMillis;
  private long toldAtNanos;

  /// @param wallMillis the time of day, which may be set back
  /// @param nanos a monotonic clock
  SteadyClock(LongSupplier wallMillis, LongSupplier nanos) {
    this.wallMillis = wallMillis;
    this.nanos = nanos;
    this.toldMillis = wallMillis.getAsLong();
    this.toldAtNanos = nanos.getAsLong();
  }

  static SteadyClock system() {
    return new SteadyClock(System::currentTimeMillis, System::nanoTime);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public synchronized long millis() {
    long wall = wallMillis.getAsLong();
    long now = nanos.getAsLong();
    if (wall >= toldMillis) {
      toldMillis = wall;
      toldAtNanos = now;
    } else {
      long halfElapsed = TimeUnit.NANOSECONDS.toMillis(now - toldAtNanos) / 2;
      if (halfElapsed > 0) {
        toldMillis += halfElapsed;
        toldAtNanos = now;
      }
    }
    return toldMillis;
  }
}
