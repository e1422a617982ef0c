package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.mandate.MandateId;
import org.jspecify.annotations.Nullable;

/// A debit that goes out with a run: what [Presentations#due] has found, and what
/// [Presentations#presented] makes an attempt of.
///
/// @param attempt the id that this presentation has
/// @param planned its collection, as it is while the run holds it
/// @param bankAccountId the payer's account
/// @param mandateProviderRef how a provider calls the mandate, if it does
/// @param n 1 for the first presentation of its collection
public record Presentable(
    AttemptId attempt,
    Collection planned,
    MandateReference reference,
    String bankAccountId,
    @Nullable String mandateProviderRef,
    int n,
    TransactionCode code,
    Cycle cycle) {

  public CollectionId collection() {
    return planned.id();
  }

  public MandateId mandate() {
    return planned.mandate();
  }

  public Pence amount() {
    return new Pence(planned.amount());
  }
}
