package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccountView;
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

  /// What has ended is taken up again for an account that is known.
  private List<MandateAction> allowedActions() {
    return state.allowedActions().stream()
        .filter(
            action ->
                action != MandateAction.REACTIVATE
                    || bankAccount != null
                    || !(state instanceof MandateState.Ended))
        .toList();
  }

  MandateView view() {
    var columns = state.columns();
    return new MandateView(
        id,
        reference,
        columns.status(),
        columns.since(),
        columns.suspendedUntil(),
        columns.initiator(),
        columns.reason(),
        state instanceof MandateState.InForce inForce && inForce.resubmitting(),
        payer,
        bankAccount,
        allowedActions(),
        metadata,
        version,
        createdAt,
        updatedAt);
  }
}
