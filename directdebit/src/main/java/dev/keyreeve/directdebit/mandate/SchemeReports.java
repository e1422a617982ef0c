package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
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

  /// Applies one report. An answer that is [Move.Illegal] or [Move.Doubtful] has changed nothing:
  /// the report does not fit what is known here, and needs a person.
  ///
  /// @return what became of the mandate; empty if the workspace has no such mandate
  public Optional<Move> apply(String workspace, MandateId id, SchemeEvent event, Instant at) {
    return tenancy.write(workspace, at, tx -> apply(tx, id, event));
  }

  /// Applies one report as part of a transaction.
  ///
  /// @return what became of the mandate; empty if the workspace has no such mandate
  public Optional<Move> apply(Tx tx, MandateId id, SchemeEvent event) {
    return MandateRows.lock(tx, id)
        .map(mandate -> carriedOut(tx, mandate, event, mandate.state().after(event, tx.now())));
  }

  /// Applies one report that a person stands by, even where it is [Move.Doubtful].
  ///
  /// @return what became of the mandate; empty if the workspace has no such mandate
  public Optional<Move> confirm(Tx tx, MandateId id, SchemeEvent event) {
    return MandateRows.lock(tx, id)
        .map(
            mandate -> {
              var move = mandate.state().after(event, tx.now());
              return move instanceof Move.Doubtful(_, _, var confirmed) && confirmed != null
                  ? carriedOut(tx, mandate, event, confirmed)
                  : carriedOut(tx, mandate, event, move);
            });
  }

  private Move carriedOut(Tx tx, Mandate mandate, SchemeEvent event, Move move) {
    if (move instanceof Move.Moved moved) {
      var account = moved.usesNewAccount() ? newAccount(tx, mandate, event) : null;
      moves.move(tx, mandate, moved, Source.of(event), account);
    }
    return move;
  }

  private @Nullable String newAccount(Tx tx, Mandate mandate, SchemeEvent event) {
    var told = newAccount(event);
    if (told == null) return null;

    var payer = mandate.payer();
    var before = mandate.bankAccount();
    var holder = before == null ? payer.name() : before.accountHolderName();
    var details = new BankDetails(told.sortCode(), told.accountNumber(), holder);
    return accounts.insert(tx, payer.id(), details);
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

  private static @Nullable NewAccount newAccount(SchemeEvent event) {
    return switch (event) {
      case SchemeEvent.InstructionAmended(_, var account) -> account;
      case SchemeEvent.AccountTransferred(var account) -> account;
      case SchemeEvent.InstructionRejected(_, var account) -> account;
      case SchemeEvent.InstructionSubmitted _,
          SchemeEvent.InstructionAccepted _,
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
