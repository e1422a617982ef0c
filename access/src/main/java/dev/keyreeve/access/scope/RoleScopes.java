package dev.keyreeve.access.scope;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;

/// The scopes that each role carries: those of every API whose least role it reaches. A scope that
/// stands for others never brings a role more than its own.
public final class RoleScopes {
  private final Map<Role, Scopes> scopes = new EnumMap<>(Role.class);

  public RoleScopes(ScopeCatalogues catalogues) {
    for (var role : Role.values()) {
      var held = new HashSet<Scope>();
      for (var catalogue : catalogues.all()) {
        for (var entry : catalogue.entries()) {
          if (role.compareTo(entry.leastRole()) >= 0) held.add(entry.scope());
        }
      }
      scopes.put(role, new Scopes(held, held));
    }
  }

  public Scopes of(Role role) {
    var carried = scopes.get(role);
    return carried == null ? Scopes.NONE : carried;
  }
}
