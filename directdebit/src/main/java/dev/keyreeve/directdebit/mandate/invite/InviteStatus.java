package dev.keyreeve.directdebit.mandate.invite;

import java.util.Locale;

/// How far an invite has come.
public enum InviteStatus {
  CREATED,
  /// The mail with the link is handed over.
  SENT,
  /// The payer has opened the link.
  VIEWED,
  COMPLETED,
  /// Its time ran out.
  EXPIRED,
  /// The agent took it back, or put another in its place.
  REVOKED,
  /// The mail with the link did not arrive. Its link works no more: who returns a mail has read it.
  BOUNCED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static InviteStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
