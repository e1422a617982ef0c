package dev.keyreeve.platform.delivery;

import java.time.Instant;

/// What becomes of a delivery after an attempt.
public sealed interface Disposition {
  record Delivered() implements Disposition {}

  /// The receiver will never take it.
  record Rejected() implements Disposition {}

  /// It is due again.
  record Retried(Instant at) implements Disposition {}

  /// It was not taken, and that was the last try.
  record GivenUp() implements Disposition {}
}
