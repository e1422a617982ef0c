package dev.keyreeve.directdebit.watch.alert;

import java.util.Locale;

/// What a rule watches.
public enum AlertMetric {
  /// Debits that came back, of those that came back or settled in the window.
  FAILURE_RATE(AlertUnit.BASIS_POINTS, false),
  /// Claims received in the window, of the debits that settled in it. It can exceed 100 %.
  CLAWBACK_RATE(AlertUnit.BASIS_POINTS, false),
  /// Debits that came back and claims received, both for reasons of the family, of the debits that
  /// came back or settled in the window.
  FAMILY_RATE(AlertUnit.BASIS_POINTS, false),
  /// Mandates that payers cancelled in the window, of those in force when it began.
  PAYER_CANCELLATION_RATE(AlertUnit.BASIS_POINTS, false),
  /// Invites that were completed, of those made in the window that are over. Ones that the agent
  /// took back do not count. The fewer, the worse.
  INVITE_CONVERSION(AlertUnit.BASIS_POINTS, false),
  /// The amount of one claim that is not over.
  CLAIM_AMOUNT(AlertUnit.PENCE, true),
  /// Processing days in which one claim that nobody has decided on can still be challenged.
  CLAIM_DEADLINE(AlertUnit.DAYS_LEFT, true),
  /// Processing days since one claim came that fits no debit, the day it came included.
  UNMATCHED_CLAIM(AlertUnit.DAYS_WAITING, true),
  /// What reports say and nobody has matched or put aside.
  UNMATCHED_ITEMS(AlertUnit.COUNT, false),
  /// What AUDDIS and ADDACS reports say and nobody has acted on within the window, in processing
  /// days.
  UNACTIONED_ADVICES(AlertUnit.COUNT, false),
  /// Processing days by which no ARUDD report has come since the debits of one submission were
  /// made, counted from noon of the fifth day of its cycle. Submissions with fewer debits than the
  /// least sample are left out, since all of theirs may well be paid.
  MISSING_REPORT(AlertUnit.DAYS_WAITING, true),
  /// Processing days since the cut-off of one submission that the scheme has not accepted.
  SUBMISSION_NOT_ACCEPTED(AlertUnit.DAYS_WAITING, true),
  /// Active mandates that lie unused, and that banks may drop within the window.
  DORMANT_MANDATES(AlertUnit.COUNT, false),
  /// A mandate under which a bank returned a debit because it names another service user.
  SERVICE_USER_DIFFERS(AlertUnit.COUNT, true);

  private final AlertUnit unit;
  private final boolean isOfOne;

  AlertMetric(AlertUnit unit, boolean isOfOne) {
    this.unit = unit;
    this.isOfOne = isOfOne;
  }

  AlertUnit unit() {
    return unit;
  }

  /// Whether each claim, mandate or submission that it finds has an alert of its own.
  boolean isOfOne() {
    return isOfOne;
  }

  boolean isRate() {
    return unit == AlertUnit.BASIS_POINTS;
  }

  /// Whether less is worse.
  boolean isBetterHigh() {
    return this == INVITE_CONVERSION || unit == AlertUnit.DAYS_LEFT;
  }

  /// How many daily evaluations in a row have to find it clear before an alert is resolved; 0 for
  /// any evaluation. What is counted piece by piece is over when it is over.
  int clearDays() {
    return isRate() ? 2 : 0;
  }

  /// Whether a rule for it has to name a family of reasons.
  boolean needsFamily() {
    return this == FAMILY_RATE;
  }

  boolean takesFamily() {
    return this == FAILURE_RATE || this == CLAWBACK_RATE || this == FAMILY_RATE;
  }

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AlertMetric parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
