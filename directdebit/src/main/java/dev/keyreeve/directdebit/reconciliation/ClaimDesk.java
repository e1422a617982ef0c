package dev.keyreeve.directdebit.reconciliation;

import dev.keyreeve.directdebit.money.Pence;
import dev.keyreeve.directdebit.scheme.SchemeEvent;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;

/// Takes in what payers claim back under the guarantee.
@FunctionalInterface
public interface ClaimDesk {

  /// A claim, or its withdrawal, for one debit.
  ///
  /// @param event a [SchemeEvent.ClaimRaised] or [SchemeEvent.ClaimWithdrawn]
  /// @param bankReference by which the payer's bank knows the claim
  /// @param reference of the mandate
  /// @param debitedOn the entry day
  record Claimed(
      SchemeEvent event,
      String bankReference,
      String reference,
      Pence amount,
      LocalDate debitedOn) {}

  /// @param attempt the presentation that is meant
  /// @return whether the report fits what is known here; if not, nothing has changed
  boolean receive(Tx tx, String attempt, Claimed claimed);
}
