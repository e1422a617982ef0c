package dev.keyreeve.access.subject;

import dev.keyreeve.access.scope.Scope;

/// The command line of whoever runs this server, trusted because it can read the data directory. It
/// may do what only people may do, and holds no scope of any API.
public record Operator() implements Subject {
  @Override
  public boolean holds(Scope scope) {
    return false;
  }
}
