package dev.keyreeve.platform.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a receiver took an attempt.
public sealed interface Receipt {
  /// The receiver has it.
  record Accepted() implements Receipt {}

  /// The receiver will never take it.
  record Rejected() implements Receipt {}

  /// It was not taken this time.
  ///
  /// @param notBefore when the receiver wants to be asked again, if it said so
  record Deferred(@Nullable Instant notBefore) implements Receipt {}
}
