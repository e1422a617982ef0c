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
  static final Reason INVALID_CURSOR =
      new Reason(Code.BAD_REQUEST, "invalid_cursor", "The cursor is none of this list's.");

  private Refusals() {}
}
