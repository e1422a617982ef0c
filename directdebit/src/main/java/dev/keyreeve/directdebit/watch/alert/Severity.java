package dev.keyreeve.directdebit.watch.alert;

import java.util.Locale;

/// How bad it is, the milder first.
public enum Severity {
  WARNING,
  CRITICAL;

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Severity parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  boolean isAbove(Severity other) {
    return compareTo(other) > 0;
  }
}
