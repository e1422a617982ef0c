package dev.keyreeve.directdebit.watch.alert;

import java.util.Locale;

/// What people can do to an alert.
public enum AlertAction {
  ACKNOWLEDGE,
  DISMISS,
  REOPEN;

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
