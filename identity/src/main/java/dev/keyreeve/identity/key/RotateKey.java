package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// @param overlapSeconds for how long the old secret works beside the new one, at most 30 days; 24
///   hours unless said
/// @param reason `compromised` leaves no overlap, whatever is said
@SnakeCase
record RotateKey(
    KeyId id,
    @Nullable @Range(min = 0, max = MAX_OVERLAP_SECONDS) Integer overlapSeconds,
    @Nullable Cause reason) {
  static final int MAX_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

  private static final Duration USUAL_OVERLAP = Duration.ofHours(24);

  /// Why a secret is replaced.
  enum Cause {
    SCHEDULED,
    COMPROMISED,
    OFFBOARDING,
    OTHER
  }

  Duration overlap() {
    if (reason == Cause.COMPROMISED) return Duration.ZERO;
    return overlapSeconds == null ? USUAL_OVERLAP : Duration.ofSeconds(overlapSeconds);
  }
}
