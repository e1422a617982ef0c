package dev.keyreeve.directdebit.collection;

import java.util.Locale;

/// What keeps a collection from being presented on its day; its entry day is the next legal one.
public enum Blocked {
  /// The payer has not been told in time.
  NOTICE,
  /// Nothing can be collected under its mandate.
  MANDATE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Blocked parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
