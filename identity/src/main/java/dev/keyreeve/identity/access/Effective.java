package dev.keyreeve.identity.access;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;

/// When a change that is answered holds: since then, on every node that permits anybody.
///
/// @param at when the last node confirmed it
/// @param nodes how many nodes confirmed it
@SnakeCase
public record Effective(Instant at, int nodes) {
  public static Effective of(Confirmed<?> confirmed) {
    return new Effective(confirmed.at(), confirmed.nodes());
  }
}
