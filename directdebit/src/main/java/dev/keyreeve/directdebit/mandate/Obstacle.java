package dev.keyreeve.directdebit.mandate;

import java.util.Locale;

/// Why an ended mandate cannot come back. All but [#CONSENT_NEEDED] are for good; a living payer
/// can be invited anew.
public enum Obstacle {
  CONSENT_NEEDED,
  /// The payer never completed the mandate, or a second signatory did not agree.
  NEVER_AUTHORISED,
  PAYER_DECEASED,
  ACCOUNT_CLOSED,
  NO_ACCOUNT,
  /// The payer's bank takes no instruction for this account any more.
  NEW_ACCOUNT_NEEDED,
  TOO_MANY_RESUBMISSIONS;

  /// The obstacle as the wire spells it, such as `payer_deceased`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
