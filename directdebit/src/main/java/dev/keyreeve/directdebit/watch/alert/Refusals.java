package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;

/// The reasons with which alerts and rules are refused.
final class Refusals {
  static final Reason ALERT_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "alert_not_found", "There is no such alert.");
  static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The alert's status does not allow this.");
  static final Reason VERSION_MISMATCH =
      new Reason(Code.CONFLICT, "version_mismatch", "It has changed since you read it.");
  static final Reason TOO_MANY_NOTES =
      new Reason(Code.CONFLICT, "too_many_notes", "An alert holds 500 notes.");
  static final Reason TOO_MANY_RULES =
      new Reason(Code.CONFLICT, "too_many_rules", "A workspace holds 50 rules of its own.");
  static final Reason DATE_NOT_TO_COME =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "date_not_to_come",
          "The date must be after today in London, and within a year.");

  private Refusals() {}
}
