package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;

/// The reasons with which mandates are refused.
final class Refusals {
  static final Reason MANDATE_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "mandate_not_found", "There is no such mandate.");
  static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The mandate's status does not allow this.");
  static final Reason NOT_REACTIVATABLE =
      new Reason(
          Code.CONFLICT, "mandate_not_reactivatable", "The mandate cannot be taken up again.");
  static final Reason VERSION_MISMATCH =
      new Reason(Code.CONFLICT, "version_mismatch", "The mandate has changed since you read it.");
  static final Reason DUPLICATE_REFERENCE =
      new Reason(Code.CONFLICT, "duplicate_reference", "Another mandate has this reference.");
  static final Reason MODULUS_FAILED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "modulus_failed",
          "No account with this number can exist at this sort code.");
  static final Reason LIVE_MANDATE_EXISTS =
      new Reason(
          Code.CONFLICT,
          "live_mandate_exists",
          "The payer has a mandate already, or is invited to one.");
  static final Reason DATE_NOT_TO_COME =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "date_not_to_come",
          "The date must be after today in London.");
  static final Reason INVITE_EXPIRED =
      new Reason(Code.NOT_FOUND, "invite_expired", "This link does not work any more.");

  private Refusals() {}
}
