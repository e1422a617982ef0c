package dev.keyreeve.directdebit.reconciliation;

import dev.keyreeve.directdebit.money.Pence;
import dev.keyreeve.directdebit.scheme.SchemeEvent;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Takes in what payers claim back under the guarantee.
@FunctionalInterface
public interface ClaimDesk {

  /// A claim, or what became of it, for one debit.
  ///
  /// @param mandate the one that it must be about; null if that is unclear
  /// @param attempt the presentation that is meant; null if that is unclear
  /// @param event a [SchemeEvent.ClaimRaised], [SchemeEvent.ClaimWithdrawn] or
  ///   [SchemeEvent.ClaimSettled]
  /// @param bankReference by which the payer's bank knows the claim
  /// @param reference of the mandate
  /// @param debitedOn the entry day
  /// @param takenOn when the bank takes it from the collector's account, if it says so
  record Claimed(
      @Nullable String mandate,
      @Nullable String attempt,
      SchemeEvent event,
      String bankReference,
      String reference,
      Pence amount,
      LocalDate debitedOn,
      @Nullable LocalDate takenOn) {}

  /// @return whether the report fits what is known here; if not, nothing has changed
  boolean receive(Tx tx, Claimed claimed);
}
