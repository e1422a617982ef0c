package dev.keyreeve.access.subject;

import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.Scopes;

/// Which rights a subject may hand on, such as to a key that it issues or to a member whom it
/// invites. Nobody hands on more than they have.
public sealed interface Authority {

  /// No right at all.
  record None() implements Authority {}

  /// Roles up to one's own, and the scopes that one holds.
  record Own(Role role, Scopes scopes) implements Authority {}

  /// Every role and every scope.
  record All() implements Authority {}

  default boolean covers(Role role) {
    return switch (this) {
      case None _ -> false;
      case Own(var own, _) -> role.compareTo(own) <= 0;
      case All _ -> true;
    };
  }

  default boolean covers(Scope scope) {
    return switch (this) {
      case None _ -> false;
      case Own(_, var held) -> held.holds(scope);
      case All _ -> true;
    };
  }
}
