package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A debit, as GoCardless keeps one.
///
/// @param chargeDate when the payer is debited; null if that is not known
public record GoCardlessPayment(
    ResourceId id,
    Word<Status> status,
    Pence amount,
    @Nullable LocalDate chargeDate,
    ResourceId mandate) {

  public enum Status {
    PENDING_CUSTOMER_APPROVAL,
    PENDING_SUBMISSION,
    SUBMITTED,
    CONFIRMED,
    PAID_OUT,
    CANCELLED,
    CUSTOMER_APPROVAL_DENIED,
    FAILED,
    CHARGED_BACK
  }

  /// Whether the payer is asked for it or has paid it, and it is not known to have come to nothing.
  boolean isUnderWay() {
    return !status.is(Status.FAILED)
        && !status.is(Status.CANCELLED)
        && !status.is(Status.CUSTOMER_APPROVAL_DENIED);
  }

  static GoCardlessPayment read(Fields fields) throws Malformed {
    fields.requireText("currency", "GBP");
    return new GoCardlessPayment(
        fields.id("id"),
        Word.parse(Status.class, fields.text("status")),
        new Pence(fields.count("amount")),
        fields.optionalDate("charge_date"),
        fields.in("links").id("mandate"));
  }
}
