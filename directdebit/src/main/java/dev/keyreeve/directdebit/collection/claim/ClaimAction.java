package dev.keyreeve.directdebit.collection.claim;

import java.util.Locale;

/// What people can do about a claim.
public enum ClaimAction {
  START_REVIEW,
  ACCEPT,
  CHALLENGE,
  RECORD_OUTCOME;

  /// As the wire spells it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
