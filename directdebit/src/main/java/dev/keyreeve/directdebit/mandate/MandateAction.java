package dev.keyreeve.directdebit.mandate;

import java.util.Locale;

/// What a collector can do to a mandate.
public enum MandateAction {
  RESEND_INVITE,
  REVOKE_INVITE,
  CANCEL,
  SUSPEND,
  REACTIVATE,
  CHANGE_BANK_ACCOUNT;

  /// The action as the wire spells it, such as `resend_invite`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
