package dev.keyreeve.access.subject;

import dev.keyreeve.access.scope.Scope;

/// Who a credential stands for.
public sealed interface Subject permits Key, Session, Operator, Anyone {

  /// Whether its credential carries this scope.
  boolean holds(Scope scope);
}
