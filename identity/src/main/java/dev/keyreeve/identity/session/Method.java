package dev.keyreeve.identity.session;

import java.util.Locale;

/// How a session was opened.
enum Method {
  PASSWORD,
  PASSKEY,
  BOOTSTRAP_CODE,
  INVITATION;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
