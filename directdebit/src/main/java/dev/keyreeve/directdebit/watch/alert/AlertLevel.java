package dev.keyreeve.directdebit.watch.alert;

import java.util.Locale;

/// Where a metric stands among the levels of a rule.
public enum AlertLevel {
  /// Too few cases to say anything: it neither opens an alert nor clears one.
  INSUFFICIENT_DATA,
  /// Beyond the clear level, on the good side.
  CLEAR,
  /// Between the clear level and the warning: it opens nothing, and keeps open what is.
  ELEVATED,
  WARNING,
  CRITICAL;

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlertLevel parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
