package dev.keyreeve.directdebit.collection;

import java.util.Locale;

/// Where a collection failed.
public enum Stage {
  /// The scheme did not take it in.
  INPUT,
  /// The payer's bank returned it.
  BANK;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Stage parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
