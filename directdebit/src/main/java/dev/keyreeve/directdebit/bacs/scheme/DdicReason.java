package dev.keyreeve.directdebit.bacs.scheme;

import static dev.keyreeve.directdebit.bacs.scheme.MandateReaction.CANCEL;
import static dev.keyreeve.directdebit.bacs.scheme.MandateReaction.NONE;
import static dev.keyreeve.directdebit.bacs.scheme.MandateReaction.SUSPEND;

/// Why a payer claims a debit back under the guarantee: the codes of the Direct Debit Indemnity
/// Claim.
public enum DdicReason implements SchemeReason {
  AMOUNT_OR_DATE_DIFFERS("1", NONE),
  NO_NOTICE("2", NONE),
  CANCELLED_AT_BANK("3", CANCEL),
  CANCELLED_WITH_COLLECTOR("4", CANCEL),
  NO_AUTHORITY("5", CANCEL),
  SIGNATURE_FRAUDULENT("6", CANCEL),
  RAISED_BY_COLLECTOR("7", NONE),
  COLLECTOR_NOT_RECOGNISED("8", CANCEL),
  /// The money is claimed back, and nobody knows why: nothing more is asked for until somebody
  /// does.
  UNKNOWN("?", SUSPEND);

  private final String code;
  private final MandateReaction reaction;

  DdicReason(String code, MandateReaction reaction) {
    this.code = "DDIC-" + code;
    this.reaction = reaction;
  }

  @Override
  public String code() {
    return code;
  }

  public MandateReaction reaction() {
    return reaction;
  }
}
