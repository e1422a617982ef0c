package dev.keyreeve.directdebit.bacs.scheme;

import static dev.keyreeve.directdebit.bacs.scheme.MandateReaction.CANCEL;
import static dev.keyreeve.directdebit.bacs.scheme.MandateReaction.NONE;
import static dev.keyreeve.directdebit.bacs.scheme.MandateReaction.SUSPEND;

/// Why a debit came back unpaid: the codes of the Automated Return of Unpaid Direct Debits.
public enum AruddReason implements SchemeReason {
  /// Mostly for want of funds.
  REFER_TO_PAYER("0", NONE),
  CANCELLED_BY_PAYER("1", CANCEL),
  PAYER_DECEASED("2", CANCEL),
  ACCOUNT_TRANSFERRED("3", SUSPEND),
  NOTICE_DISPUTED("4", SUSPEND),
  NO_ACCOUNT("5", CANCEL),
  NO_INSTRUCTION("6", CANCEL),
  AMOUNT_DIFFERS("7", SUSPEND),
  NOT_YET_DUE("8", SUSPEND),
  PRESENTATION_OVERDUE("9", SUSPEND),
  SERVICE_USER_DIFFERS("A", CANCEL),
  ACCOUNT_CLOSED("B", CANCEL),
  /// The debit came back, and nobody knows why: nothing more is asked for until somebody does.
  UNKNOWN("?", SUSPEND);

  private final String code;
  private final MandateReaction reaction;

  AruddReason(String code, MandateReaction reaction) {
    this.code = "ARUDD-" + code;
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
