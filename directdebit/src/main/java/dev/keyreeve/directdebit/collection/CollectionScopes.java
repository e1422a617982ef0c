package dev.keyreeve.directdebit.collection;

import dev.keyreeve.access.scope.Scope;

/// What opens the procedures of collections.
public final class CollectionScopes {
  public static final Scope COLLECTIONS_READ = new Scope("collections:read");

  private CollectionScopes() {}
}
