package dev.keyreeve.access.subject;

import dev.keyreeve.access.scope.Scope;

/// Nobody in particular: a call without a credential, to an API that is open to those who possess
/// something else, such as an invite.
public record Anyone() implements Subject {
  @Override
  public boolean holds(Scope scope) {
    return false;
  }
}
