package dev.keyreeve.directdebit.serviceuser;

import java.util.Locale;

/// Which scheme a service user collects by.
public enum SchemeKind {
  /// The bank inside this server.
  SANDBOX,
  /// Files for Bacs, which a person or a bureau uploads.
  BACS,
  GOCARDLESS;

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static SchemeKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
