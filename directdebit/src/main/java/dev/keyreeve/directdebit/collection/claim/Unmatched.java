package dev.keyreeve.directdebit.collection.claim;

import java.util.Locale;

/// Why nobody knows which debit a claim means.
public enum Unmatched {
  NO_ATTEMPT,
  /// A claim is for a whole debit, never for a part.
  AMOUNT_DIFFERS,
  /// The debit that is meant was never collected, or came back.
  NOT_COLLECTED,
  /// Another claim for it stands.
  CLAIMED_ALREADY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Unmatched parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
