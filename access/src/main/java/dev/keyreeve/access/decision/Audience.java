package dev.keyreeve.access.decision;

import dev.keyreeve.access.subject.Key;

/// Whom an API is for.
public sealed interface Audience {
  /// Callers with a key of this brand.
  record Keys(String brand) implements Audience {}

  /// People and the command line of the operator; no key is accepted.
  record People() implements Audience {}

  /// Everybody. Its procedures ask for [Requirement.Possession].
  record Everyone() implements Audience {}

  /// Whether a key is for the API of this audience.
  default boolean includes(Key key) {
    return this instanceof Keys(var brand)
        && key.prefix().startsWith(brand)
        && key.prefix().startsWith("_", brand.length());
  }
}
