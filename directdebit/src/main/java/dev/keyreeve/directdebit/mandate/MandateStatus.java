package dev.keyreeve.directdebit.mandate;

import java.util.Locale;

/// The name of a mandate's state, without what the state carries.
public enum MandateStatus {
  INVITED,
  INVITE_EXPIRED,
  /// Waits for a second signatory.
  PENDING_APPROVAL,
  PENDING_SUBMISSION,
  SUBMITTED,
  ACTIVE,
  SUSPENDED,
  CANCELLED,
  FAILED,
  EXPIRED;

  /// The state as the wire and the database spell it, such as `pending_submission`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static MandateStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
