package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_STATE;
import static dev.keyreeve.directdebit.mandate.Refusals.NOT_REACTIVATABLE;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.mandate.instruction.InstructionKind;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.directdebit.mandate.invite.InviteStatus;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Moves mandates on, with everything that belongs to the same transaction: the end of invites,
/// instructions to the payer's bank, what becomes of debits, and what the feed says.
final class MandateMoves {
  private final Debits debits;
  private final RandomGenerator random;
  private final Instructions instructions;

  MandateMoves(Debits debits, RandomGenerator random) {
    this.debits = debits;
    this.random = random;
    this.instructions = new Instructions(random);
  }

  /// A mandate that has been asked for something, and what that meant for its debits.
  ///
  /// @param changed false if it was so already
  record Answered(Mandate mandate, boolean changed, Debits.Affected affected) {
    MandateChange change() {
      return changed ? MandateChange.to(mandate) : MandateChange.noneOf(mandate);
    }

    CollectingChange collectingChange() {
      return new CollectingChange(
          mandate.view(), changed, affected.changed(), affected.alreadySubmitted(), false);
    }
  }

  /// Tells of a mandate that is a row by now, and does what its beginning asks for.
  Mandate begin(Tx tx, MandateId id, Move.Moved begun) {
    var mandate = MandateRows.find(tx, id).orElseThrow();
    instruct(tx, id, begun.effects(), null);
    MandateEvents.tell(tx, begun.event(), mandate, Source.by(tx.by()));
    return mandate;
  }

  /// @param mandate whose lock the transaction holds
  Answered move(Tx tx, Mandate mandate, Move.Moved move, Source source) {
    return move(tx, mandate, move, source, null);
  }

  /// @param mandate whose lock the transaction holds
  /// @param account the bank account that is debited from now on; null if it stays
  Answered move(Tx tx, Mandate mandate, Move.Moved move, Source source, @Nullable String account) {
    var id = mandate.id();
    MandateRows.put(tx, id, move.state());
    if (move.effects().contains(Effect.REVOKE_INVITE)) {
      boolean ranOut = move.event() == MandateEvent.INVITE_EXPIRED;
      Invites.end(tx, id.text(), ranOut ? InviteStatus.EXPIRED : InviteStatus.REVOKED);
    }
    if (move.effects().contains(Effect.STOP_CONTACT)) {
      PayerMailbox.stopContact(tx, mandate.payer().id());
    }
    if (move.effects().contains(Effect.FORGET_BANK_DETAILS)) MandateRows.forgetAccount(tx, id);
    var until = move.state().columns().suspendedUntil();
    Due.put(tx, id, until == null ? null : London.startOf(until));
    // What is over is lodged no more; where it never was, there is nothing to withdraw either.
    boolean wasQueued =
        move.state() instanceof MandateState.Ended
            && Instructions.drop(tx, id.text(), InstructionKind.LODGE);
    if (!wasQueued) {
      instruct(tx, id, move.effects(), account);
    } else if (account != null) {
      MandateRows.useAccount(tx, id, account);
    }

    var moved = MandateRows.find(tx, id).orElseThrow();
    var told = MandateEvents.tell(tx, move.event(), moved, source);
    return new Answered(moved, true, debits.after(tx, id, move, source, told));
  }

  /// Keeps for good how the payer's agreement can be shown.
  void keepEvidence(Tx tx, MandateId id, String evidence) {
    MandateRows.keepEvidence(tx, Ulid.generate("evd_", tx.now(), random), id, evidence);
  }

  /// An instruction is for the account that the mandate has when it is queued, so the old account
  /// hears of a withdrawal and the new one of what is lodged.
  private void instruct(Tx tx, MandateId id, Set<Effect> effects, @Nullable String newAccount) {
    if (effects.contains(Effect.WITHDRAW_INSTRUCTION)) {
      instructions.queue(tx, id.text(), InstructionKind.WITHDRAW);
    }
    boolean wasQueued = false;
    if (newAccount != null) {
      wasQueued = Instructions.drop(tx, id.text(), InstructionKind.LODGE);
      MandateRows.useAccount(tx, id, newAccount);
    }
    if (wasQueued || effects.contains(Effect.LODGE_INSTRUCTION)) {
      instructions.queue(tx, id.text(), InstructionKind.LODGE);
    }
  }

  /// Carries out what an agent asks of a mandate that it holds the lock of.
  Outcome<Answered> answer(Tx tx, Mandate mandate, MandateRequest request) {
    return answer(tx, mandate, request, null);
  }

  /// @param account the bank account that the request names
  Outcome<Answered> answer(
      Tx tx, Mandate mandate, MandateRequest request, @Nullable String account) {
    return switch (mandate.state().answer(request, tx.now())) {
      case Move.Moved moved when account == null && lodgesNothingKnown(mandate, moved) ->
          Outcome.refused(NOT_REACTIVATABLE, Map.of("obstacle", Obstacle.NO_ACCOUNT.word()));
      case Move.Moved moved -> Outcome.done(move(tx, mandate, moved, Source.by(tx.by()), account));
      case Move.Unchanged _ -> Outcome.done(new Answered(mandate, false, Debits.Affected.NONE));
      case Move.Illegal(var state) -> Outcome.refused(INVALID_STATE, whatIsAllowed(state));
      case Move.Doubtful(var state, _, _) -> Outcome.refused(INVALID_STATE, whatIsAllowed(state));
      case Move.NotReactivatable(_, var obstacle) ->
          Outcome.refused(NOT_REACTIVATABLE, Map.of("obstacle", obstacle.word()));
    };
  }

  /// A provider has followed the payer to another account, and ended since.
  private static boolean lodgesNothingKnown(Mandate mandate, Move.Moved move) {
    return mandate.bankAccount() == null && move.effects().contains(Effect.LODGE_INSTRUCTION);
  }

  static Map<String, Object> whatIsAllowed(MandateState state) {
    return Map.of(
        "status",
        state.status().word(),
        "allowedActions",
        state.allowedActions().stream().map(MandateAction::word).toList());
  }
}
