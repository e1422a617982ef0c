package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bankaccount.BankAccountView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mandate with what belongs to it, as one row of the store.
record Mandate(
    MandateId id,
    MandateReference reference,
    MandateState state,
    PayerView payer,
    @Nullable BankAccountView bankAccount,
    Map<String, String> metadata,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  MandateView view() {
    var standing = state.standing();
    return new MandateView(
        id,
        reference,
        standing.status(),
        standing.since(),
        standing.suspendedUntil(),
        standing.initiator(),
        standing.reason(),
        standing.resubmitting(),
        payer,
        bankAccount,
        List.copyOf(state.allowedActions()),
        metadata,
        version,
        createdAt,
        updatedAt);
  }
}
