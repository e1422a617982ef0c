package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A debit to be collected. GoCardless presents it once; it does not try again of itself.
///
/// @param amount more than nothing
/// @param chargeDate null is the earliest day that the mandate allows
/// @param ownReference the caller's own, kept as metadata so that people find it
public record NewPayment(
    ResourceId mandate, Pence amount, @Nullable LocalDate chargeDate, String ownReference) {

  public NewPayment {
    if (amount.isZero()) throw new IllegalArgumentException("A debit is of more than nothing.");
  }
}
