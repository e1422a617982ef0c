package dev.keyreeve.platform.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of one request.
///
/// @param status of the response, if there was one
/// @param notBefore when the receiver wants to be asked again, if it said so (RFC 9110, section
///   10.2.3)
/// @param excerpt the beginning of a response that was not 2xx, fit to be shown
record Answer(
    Ending ending,
    @Nullable Integer status,
    Duration latency,
    @Nullable Instant notBefore,
    @Nullable String excerpt) {
  private static final int GONE = 410;

  /// The receiver wants nothing any more.
  boolean isGone() {
    return status != null && status == GONE;
  }

  static Answer without(Ending ending, Duration latency) {
    return new Answer(ending, null, latency, null, null);
  }
}
