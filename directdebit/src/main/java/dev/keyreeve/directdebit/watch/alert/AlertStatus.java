package dev.keyreeve.directdebit.watch.alert;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far an alert has come.
public enum AlertStatus {
  OPEN,
  /// Somebody knows. It opens again if it gets worse.
  ACKNOWLEDGED,
  /// Nobody wants to hear of it, until the metric has cleared or the snooze ends.
  DISMISSED,
  /// The metric has cleared. The next breach is another alert.
  RESOLVED;

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlertStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// The status after an action; this one if it is so already, null if the status does not allow
  /// it.
  @Nullable AlertStatus after(AlertAction action) {
    return switch (this) {
      case OPEN ->
          switch (action) {
            case ACKNOWLEDGE -> ACKNOWLEDGED;
            case DISMISS -> DISMISSED;
            case REOPEN -> OPEN;
          };
      case ACKNOWLEDGED ->
          switch (action) {
            case ACKNOWLEDGE -> ACKNOWLEDGED;
            case DISMISS -> DISMISSED;
            case REOPEN -> OPEN;
          };
      case DISMISSED ->
          switch (action) {
            case ACKNOWLEDGE -> null;
            case DISMISS -> DISMISSED;
            case REOPEN -> OPEN;
          };
      case RESOLVED -> null;
    };
  }

  /// What would change something now.
  Set<AlertAction> allowedActions() {
    var allowed = EnumSet.noneOf(AlertAction.class);
    for (var action : AlertAction.values()) {
      var after = after(action);
      if (after != null && after != this) allowed.add(action);
    }
    return allowed;
  }
}
