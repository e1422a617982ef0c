package dev.keyreeve.access.subject;

import dev.keyreeve.access.scope.Scope;

/// Who a credential stands for. A session of a person and a grant of OAuth join this list when they
/// are served.
public sealed interface Subject permits Key, Operator, Anyone {

  /// Whether its credential carries this scope.
  boolean holds(Scope scope);
}
