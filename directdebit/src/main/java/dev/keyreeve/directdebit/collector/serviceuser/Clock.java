package dev.keyreeve.directdebit.collector.serviceuser;

import java.time.Duration;
import java.time.Instant;

/// A sandbox's clock: it showed `standsAt` when the server's clock showed `standsSince`, and has
/// run on from there unless it is frozen.
public record Clock(Instant standsAt, Instant standsSince, boolean frozen) {

  /// What it shows when the server's clock shows `now`; it never goes back.
  public Instant at(Instant now) {
    if (frozen || !now.isAfter(standsSince)) return standsAt;

    return standsAt.plus(Duration.between(standsSince, now));
  }
}
