package dev.keyreeve.access.directory;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a node may trust what it knows. Each time it has read the log of changes to its end it
/// renews the lease; if it cannot, the lease runs out and the node stops permitting.
///
/// Measured on a monotonic clock, so that neither a stepped wall clock nor a long pause stretches
/// it.
public final class Lease {
  private final long lengthNanos;
  private final LongSupplier nanoClock;
  private volatile long expiresNanos;

  /// A lease that has already run out.
  ///
  /// @param nanoClock a monotonic clock, [System#nanoTime] outside tests
  public Lease(Duration length, LongSupplier nanoClock) {
    this.lengthNanos = length.toNanos();
    this.nanoClock = nanoClock;
    this.expiresNanos = nanoClock.getAsLong();
  }

  /// The reading to hand to [#renewFrom], taken *before* the log is read.
  public long mark() {
    return nanoClock.getAsLong();
  }

  /// The log was read to its end by a reading that began at this mark.
  public void renewFrom(long mark) {
    expiresNanos = mark + lengthNanos;
  }

  /// How long ago the last complete reading of the log began; the length of a lease, or more, where
  /// there has been none.
  public Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - expiresNanos + lengthNanos);
  }

  /// Ends it now.
  public void end() {
    expiresNanos = nanoClock.getAsLong();
  }

  public Duration length() {
    return Duration.ofNanos(lengthNanos);
  }

  public boolean isFresh() {
    // The clock last: a lease that is renewed between the two readings is not older for it.
    long expires = expiresNanos;
    return nanoClock.getAsLong() - expires < 0;
  }
}
