package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Moves mandates on by what schemes report, whichever scheme it is, and keeps what they are told
/// and tell beside. Nothing else makes a mandate submitted, active or failed.
public final class SchemeReports {
  private final Tenancy tenancy;
  private final BankAccounts accounts;
  private final MandateMoves moves;

  public SchemeReports(
      Tenancy tenancy, BankAccounts accounts, Debits debits, RandomGenerator random) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.moves = new MandateMoves(debits, random);
  }

  /// Applies one report. An [Move.Illegal] answer has changed nothing: the report does not fit what
  /// is known here, and needs a person.
  ///
  /// @return what became of the mandate; empty if the workspace has no such mandate
  public Optional<Move> apply(String workspace, MandateId id, SchemeEvent event, Instant at) {
    return tenancy.write(workspace, at, tx -> apply(tx, id, event));
  }

  /// Applies one report as part of a transaction.
  ///
  /// @return what became of the mandate; empty if the workspace has no such mandate
  public Optional<Move> apply(Tx tx, MandateId id, SchemeEvent event) {
    return MandateRows.lock(tx, id).map(mandate -> apply(tx, mandate, event));
  }

  private Move apply(Tx tx, Mandate mandate, SchemeEvent event) {
    var move = mandate.state().after(event, tx.now());
    if (move instanceof Move.Moved moved) {
      var details = newDetails(event);
      var account = details == null ? null : accounts.insert(tx, mandate.payer().id(), details);
      moves.move(tx, mandate, moved, Source.of(event), account);
    }
    return move;
  }

  /// Keeps how a provider calls a mandate that the transaction holds the lock of.
  public void named(Tx tx, MandateId id, String providerRef) {
    MandateRows.name(tx, id, providerRef);
  }

  /// The same, unless the provider has called it by another name than this since.
  public void renamed(Tx tx, MandateId id, String providerRef, String next) {
    MandateRows.rename(tx, id, providerRef, next);
  }

  /// What is lodged anew gets another name from its provider.
  public void lodgedAnew(Tx tx, Collection<MandateId> ids) {
    MandateRows.forgetNames(tx, ids);
  }

  /// Keeps for which days debits have been presented last, under mandates that the transaction
  /// holds the locks of.
  public void presented(Tx tx, Map<MandateId, LocalDate> entryDays) {
    MandateRows.presented(tx, entryDays);
  }

  private static @Nullable BankDetails newDetails(SchemeEvent event) {
    return switch (event) {
      case SchemeEvent.InstructionAmended(_, var details) -> details;
      case SchemeEvent.AccountTransferred(var details) -> details;
      case SchemeEvent.InstructionSubmitted _,
          SchemeEvent.InstructionAccepted _,
          SchemeEvent.InstructionRejected _,
          SchemeEvent.InstructionCancelled _,
          SchemeEvent.InstructionWithdrawn _,
          SchemeEvent.InstructionBlocked _,
          SchemeEvent.InstructionMoved _,
          SchemeEvent.NoticeDisputed _,
          SchemeEvent.InstructionReinstated _,
          SchemeEvent.DormancyReached _,
          SchemeEvent.OfDebit _,
          SchemeEvent.OfClaim _ ->
          null;
    };
  }
}
