package dev.keyreeve.platform.service;

import dev.keyreeve.access.scope.Scope;
import java.util.List;

/// A key that a demo issues.
///
/// @param field its name in `demo.json`: the brand, and what tells it from the service's others
/// @param label what is printed beside it
/// @param name the key's own, among those of its API in the workspace
public record DemoKey(String field, String label, String name, List<Scope> scopes) {
  public DemoKey {
    scopes = List.copyOf(scopes);
  }
}
