package dev.keyreeve.platform.delivery;

import java.time.Duration;

/// The figures by which a room delivers.
///
/// @param claim how long a receiver is one node's: the longest that an attempt can take, the
///   writing down included, and the clocks of nodes may differ by what it is longer
/// @param turn how many attempts a receiver gets in a row, if it accepts them, before others have
///   their turn
/// @param atOnce how many attempts one node makes at the same time
public record DeliveryTerms(Duration claim, int turn, int atOnce, RetrySchedule retries) {
  /// As many at once as the schedule does of anything.
  public static final int AS_SCHEDULED = Integer.MAX_VALUE;

  public DeliveryTerms {
    if (!claim.isPositive() || turn < 1 || atOnce < 1) {
      throw new IllegalArgumentException("claims last, and there is room for an attempt");
    }
  }
}
