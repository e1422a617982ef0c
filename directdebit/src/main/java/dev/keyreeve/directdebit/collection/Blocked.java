package dev.keyreeve.directdebit.collection;

import java.util.Locale;

/// What keeps a collection from being presented on its day.
public enum Blocked {
  /// The payer has not been told in time; the entry day is the first of which they can be.
  NOTICE,
  /// Nothing can be collected under its mandate. It waits, and the entry day stays the planned one,
  /// also when it has passed.
  MANDATE,
  /// It came back, and a provider presents it again of itself. It waits for that, in no run, as
  /// long as the scheme lets it be presented again.
  PROVIDER;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Blocked parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
