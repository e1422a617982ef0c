package dev.keyreeve.directdebit.rail.gocardless;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A mandate, as GoCardless keeps one.
///
/// @param reference by which the payer's bank knows it; null until it has one
/// @param nextPossibleChargeDate the earliest day for a new payment; null if there can be none
/// @param replacedBy the mandate that took its place, if one did
public record GoCardlessMandate(
    ResourceId id,
    Word<Status> status,
    @Nullable String reference,
    @Nullable LocalDate nextPossibleChargeDate,
    @Nullable ResourceId bankAccount,
    @Nullable ResourceId replacedBy) {

  public enum Status {
    PENDING_CUSTOMER_APPROVAL,
    PENDING_SUBMISSION,
    SUBMITTED,
    ACTIVE,
    SUSPENDED_BY_PAYER,
    FAILED,
    CANCELLED,
    EXPIRED,
    CONSUMED,
    BLOCKED
  }

  static GoCardlessMandate read(Fields fields) throws Malformed {
    var links = fields.in("links");
    return new GoCardlessMandate(
        fields.id("id"),
        Word.parse(Status.class, fields.text("status")),
        fields.optionalText("reference"),
        fields.optionalDate("next_possible_charge_date"),
        links.optionalId("customer_bank_account"),
        links.optionalId("new_mandate"));
  }
}
