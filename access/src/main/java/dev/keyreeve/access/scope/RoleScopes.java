package dev.keyreeve.access.scope;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/// The scopes that each role carries: those of every API whose least role it reaches. A scope that
/// stands for others never brings a role more than its own.
public final class RoleScopes {
  private final Map<Role, Scopes> scopes = new EnumMap<>(Role.class);

  /// @throws IllegalArgumentException if two catalogues give one scope different least roles
  public RoleScopes(Collection<ScopeCatalogue> catalogues) {
    var leastRoles = new HashMap<Scope, Role>();
    for (var catalogue : catalogues) {
      for (var entry : catalogue.entries()) {
        var before = leastRoles.put(entry.scope(), entry.leastRole());
        if (before != null && before != entry.leastRole()) {
          throw new IllegalArgumentException(
              entry.scope() + " has one least role here and another there");
        }
      }
    }
    for (var role : Role.values()) {
      var held = new HashSet<Scope>();
      leastRoles.forEach(
          (scope, least) -> {
            if (role.compareTo(least) >= 0) held.add(scope);
          });
      scopes.put(role, new Scopes(held, held));
    }
  }

  public Scopes of(Role role) {
    var carried = scopes.get(role);
    return carried == null ? Scopes.NONE : carried;
  }
}
