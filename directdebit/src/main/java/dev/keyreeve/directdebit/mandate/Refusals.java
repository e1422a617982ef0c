package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;

/// The reasons with which mandates are refused.
public final class Refusals {
  public static final Reason MANDATE_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "mandate_not_found", "There is no such mandate.");
  public static final Reason INVALID_STATE =
      new Reason(Code.CONFLICT, "invalid_state", "The mandate's status does not allow this.");
  public static final Reason NOT_REACTIVATABLE =
      new Reason(
          Code.CONFLICT, "mandate_not_reactivatable", "The mandate cannot be taken up again.");
  public static final Reason VERSION_MISMATCH =
      new Reason(Code.CONFLICT, "version_mismatch", "The mandate has changed since you read it.");
  public static final Reason DUPLICATE_REFERENCE =
      new Reason(Code.CONFLICT, "duplicate_reference", "Another mandate has this reference.");
  public static final Reason MODULUS_FAILED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "modulus_failed",
          "No account with this number can exist at this sort code.");
  public static final Reason LIVE_MANDATE_EXISTS =
      new Reason(
          Code.CONFLICT,
          "live_mandate_exists",
          "The payer has a mandate already, or is invited to one.");
  public static final Reason DATE_NOT_TO_COME =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "date_not_to_come",
          "The date must be after today in London.");
  public static final Reason EMAIL_MISSING =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "email_missing",
          "The payer has no e-mail address that mail can be sent to.");
  public static final Reason CONTACT_STOPPED =
      new Reason(
          Code.CONFLICT,
          "contact_stopped",
          "The payer gets no mail any more: a bank says that the person has died.");
  public static final Reason INVITE_EXPIRED =
      new Reason(Code.NOT_FOUND, "invite_expired", "This link does not work any more.");

  public static final Reason INVALID_ACCOUNT_HOLDER_NAME =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "invalid_account_holder_name",
          "Bacs cannot carry this account holder's name.");
  public static final Reason AMOUNT_OVER_LIMIT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "amount_over_limit",
          "The amount is more than one debit may have.");
  public static final Reason NOTICE_TOO_SHORT =
      new Reason(
          Code.CONFLICT,
          "notice_too_short",
          "The payer could not be told in time of the first debit that changes.");

  public static final Reason INSTRUCTION_UNDER_WAY =
      new Reason(
          Code.CONFLICT,
          "instruction_under_way",
          "An instruction for another account is on its way to a bank; wait until it is lodged.");

  public static final Reason DATE_TOO_FAR =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "date_too_far",
          "A new schedule begins within the next 13 months.");

  private Refusals() {}
}
