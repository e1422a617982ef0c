package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.access.scope.Scope;

/// What opens the procedures of mandates.
public final class MandateScopes {
  public static final Scope MANDATES_READ = new Scope("mandates:read");
  public static final Scope MANDATES_WRITE = new Scope("mandates:write");

  private MandateScopes() {}
}
