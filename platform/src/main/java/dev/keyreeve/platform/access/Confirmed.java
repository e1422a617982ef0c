package dev.keyreeve.platform.access;

import java.time.Instant;

/// What came of a change that holds everywhere.
///
/// @param at when the last node confirmed it
/// @param nodes how many nodes confirmed it
public record Confirmed<T>(T value, Instant at, int nodes) {
  /// The same confirmation of something else that the change brought about.
  public <U> Confirmed<U> with(U other) {
    return new Confirmed<>(other, at, nodes);
  }
}
