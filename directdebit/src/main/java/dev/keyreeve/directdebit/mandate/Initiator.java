package dev.keyreeve.directdebit.mandate;

import java.util.Locale;

/// Who ended a mandate.
public enum Initiator {
  /// The collector.
  AGENT,
  PAYER,
  BANK;

  /// The initiator as the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static Initiator parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
