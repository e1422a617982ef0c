package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.access.scope.Scope;

/// What opens the procedures of alerts.
public final class AlertScopes {
  public static final Scope ALERTS_READ = new Scope("alerts:read");
  public static final Scope ALERTS_WRITE = new Scope("alerts:write");

  private AlertScopes() {}
}
