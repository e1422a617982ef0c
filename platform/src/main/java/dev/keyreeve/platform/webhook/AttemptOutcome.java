package dev.keyreeve.platform.webhook;

import java.util.Locale;

/// How an attempt ended.
public enum AttemptOutcome {
  /// Answered 200 to 299.
  ACCEPTED,
  /// Answered anything else; a redirect is not followed.
  REFUSED,
  /// Not connected within 5 s, silent for 15 s, or not done after 20 s.
  TIMED_OUT,
  /// No connection, no TLS, or no answer that can be read.
  UNREACHABLE,
  /// The host has an address that requests may not go to.
  FORBIDDEN_ADDRESS,
  /// The server stopped in the middle; whether the request arrived is not known.
  ABANDONED;

  /// As it is stored.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AttemptOutcome ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
