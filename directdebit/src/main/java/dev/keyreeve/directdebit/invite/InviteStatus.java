package dev.keyreeve.directdebit.invite;

import java.util.Locale;

/// How far an invite has come.
public enum InviteStatus {
  CREATED,
  /// The payer has opened the link.
  VIEWED,
  COMPLETED,
  /// Its time ran out.
  EXPIRED,
  /// The agent took it back, or put another in its place.
  REVOKED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static InviteStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
