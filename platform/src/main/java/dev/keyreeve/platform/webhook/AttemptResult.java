package dev.keyreeve.platform.webhook;

import dev.keyreeve.platform.delivery.Receipt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of one request.
///
/// @param status of the response, if there was one
/// @param notBefore when the receiver wants to be asked again, if it said so (RFC 9110, section
///   10.2.3)
/// @param excerpt the beginning of a response that was not 2xx, fit to be shown
record AttemptResult(
    AttemptOutcome outcome,
    @Nullable Integer status,
    Duration latency,
    @Nullable Instant notBefore,
    @Nullable String excerpt) {
  private static final int GONE = 410;

  /// A receiver that is gone wants nothing any more; any other may change its mind.
  Receipt receipt() {
    if (outcome == AttemptOutcome.ACCEPTED) return new Receipt.Accepted();
    return status != null && status == GONE
        ? new Receipt.Rejected()
        : new Receipt.Deferred(notBefore);
  }

  static AttemptResult without(AttemptOutcome outcome, Duration latency) {
    return new AttemptResult(outcome, null, latency, null, null);
  }
}
