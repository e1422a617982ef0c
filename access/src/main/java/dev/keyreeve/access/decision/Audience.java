package dev.keyreeve.access.decision;

import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;

/// Whom an API is for.
public sealed interface Audience {
  /// Callers with a key of this brand.
  record Keys(String brand) implements Audience {}

  /// People and the command line of the operator; no key is accepted.
  record People() implements Audience {}

  /// Everybody. Its procedures ask for [Requirement.Possession].
  record Everyone() implements Audience {}

  /// Whether a subject of this kind, and a key of this brand, is for the API of this audience.
  default boolean includes(Subject subject) {
    return switch (this) {
      case Keys(var brand) ->
          switch (subject) {
            case Key key ->
                key.prefix().startsWith(brand) && key.prefix().startsWith("_", brand.length());
            case Session _ -> true;
            case CommandLine _, Anyone _ -> false;
          };
      case People _ -> subject instanceof Session || subject instanceof CommandLine;
      case Everyone _ -> true;
    };
  }
}
