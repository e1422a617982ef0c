package dev.keyreeve.access.scope;

import java.util.List;
import java.util.Set;

/// The scopes of one credential: those it was granted, and those it holds once scopes that stand
/// for others are expanded. Made by a [ScopeCatalogue] alone.
public final class Scopes {
  /// No scope at all.
  public static final Scopes NONE = new Scopes(Set.of(), Set.of());

  private final List<Scope> granted;
  private final Set<Scope> held;

  Scopes(Set<Scope> granted, Set<Scope> held) {
    this.granted = granted.stream().sorted().toList();
    this.held = Set.copyOf(held);
  }

  /// The scopes as they were granted, before expansion, in their natural order.
  public List<Scope> granted() {
    return granted;
  }

  public boolean holds(Scope scope) {
    return held.contains(scope);
  }

  @Override
  public String toString() {
    return granted.toString();
  }
}
