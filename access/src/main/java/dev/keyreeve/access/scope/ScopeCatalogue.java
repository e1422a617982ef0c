package dev.keyreeve.access.scope;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All scopes of one API, in the order in which they are documented. A scope may stand for others
/// (`admin` for all); the expansion happens here and nowhere else.
public final class ScopeCatalogue {
  private final Map<Scope, Entry> entries;
  private final Map<Set<Scope>, Scopes> grants = new ConcurrentHashMap<>();

  private ScopeCatalogue(Map<Scope, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /// One scope: what it permits, as a sentence for people, the least role whose sessions hold it,
  /// and the scopes that it stands for.
  public record Entry(Scope scope, String permits, Role leastRole, Set<Scope> standsFor) {
    public Entry {
      standsFor = Set.copyOf(standsFor);
    }

    public static Entry scope(Scope scope, String permits, Role leastRole) {
      return new Entry(scope, permits, leastRole, Set.of());
    }
  }

  /// @throws IllegalArgumentException if a scope is named twice or stands for one that is not there
  public static ScopeCatalogue of(Entry... entries) {
    var byScope = new LinkedHashMap<Scope, Entry>();
    for (var entry : entries) {
      if (byScope.put(entry.scope(), entry) != null) {
        throw new IllegalArgumentException("scope " + entry.scope() + " is declared twice");
      }
    }
    for (var entry : entries) {
      if (!byScope.keySet().containsAll(entry.standsFor())) {
        throw new IllegalArgumentException(entry.scope() + " stands for an undeclared scope");
      }
    }
    return new ScopeCatalogue(byScope);
  }

  public Collection<Entry> entries() {
    return entries.values();
  }

  public boolean contains(Scope scope) {
    return entries.containsKey(scope);
  }

  /// The scopes of a credential that was granted these. Equal grants are one object, so that a
  /// million keys share a handful of sets.
  ///
  /// @throws IllegalArgumentException if one of them is not in this catalogue
  public Scopes grant(Set<Scope> granted) {
    return grants.computeIfAbsent(Set.copyOf(granted), this::expand);
  }

  private Scopes expand(Set<Scope> granted) {
    var held = new HashSet<Scope>();
    var open = new ArrayDeque<>(granted);
    while (!open.isEmpty()) {
      var scope = open.remove();
      var entry = entries.get(scope);
      if (entry == null) {
        throw new IllegalArgumentException("there is no scope " + scope);
      }
      if (held.add(scope)) {
        open.addAll(entry.standsFor());
      }
    }
    return new Scopes(granted, held);
  }
}
