package dev.keyreeve.identity.access;

import java.time.Instant;

/// What came of a change that holds everywhere.
///
/// @param at from when on no node permits what it forbids
/// @param nodes how many nodes confirmed it; a node whose lease has run out permits nobody, and is
///   not counted
public record Confirmed<T>(T value, Instant at, int nodes) {
  /// The same confirmation of something else that the change brought about.
  public <U> Confirmed<U> with(U other) {
    return new Confirmed<>(other, at, nodes);
  }
}
