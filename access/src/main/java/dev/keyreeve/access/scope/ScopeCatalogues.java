package dev.keyreeve.access.scope;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The catalogues of all APIs that one server speaks. A scope's name belongs to one API: a person's
/// session and an access token hold scopes of several APIs side by side, and neither says which one
/// it was granted for.
public final class ScopeCatalogues {
  private final Collection<ScopeCatalogue> all;

  private ScopeCatalogues(Collection<ScopeCatalogue> all) {
    this.all = all;
  }

  /// @param byApi by the brand of each API
  /// @throws IllegalArgumentException if two APIs have a scope of one name
  public static ScopeCatalogues of(Map<String, ScopeCatalogue> byApi) {
    var owners = new HashMap<Scope, String>();
    for (var api : new TreeMap<>(byApi).entrySet()) {
      for (var entry : api.getValue().entries()) {
        var owner = owners.putIfAbsent(entry.scope(), api.getKey());
        if (owner != null) {
          throw new IllegalArgumentException(
              "the scope %s belongs to the API %s and cannot be one of %s too"
                  .formatted(entry.scope(), owner, api.getKey()));
        }
      }
    }
    return new ScopeCatalogues(List.copyOf(byApi.values()));
  }

  public Collection<ScopeCatalogue> all() {
    return all;
  }
}
