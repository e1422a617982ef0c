package dev.keyreeve.platform.mail;

import java.util.Locale;

/// How far a mail has come.
public enum MailStatus {
  QUEUED,
  /// Somebody else's server, or the outbox folder, has it.
  SENT,
  /// A server refused it for good, at once or later.
  BOUNCED,
  /// Nobody took it for three days.
  GIVEN_UP,
  /// It was not to be sent any more.
  WITHDRAWN;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MailStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
