package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.directdebit.mandate.Effect.CANCEL_COLLECTIONS;
import static dev.keyreeve.directdebit.mandate.Effect.FORGET_BANK_DETAILS;
import static dev.keyreeve.directdebit.mandate.Effect.LODGE_INSTRUCTION;
import static dev.keyreeve.directdebit.mandate.Effect.UPDATE_BANK_DETAILS;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.MandateReaction;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import dev.keyreeve.directdebit.mandate.MandateState.Active;
import dev.keyreeve.directdebit.mandate.MandateState.Cancelled;
import dev.keyreeve.directdebit.mandate.MandateState.Ended;
import dev.keyreeve.directdebit.mandate.MandateState.Expired;
import dev.keyreeve.directdebit.mandate.MandateState.Failed;
import dev.keyreeve.directdebit.mandate.MandateState.InForce;
import dev.keyreeve.directdebit.mandate.MandateState.Lodged;
import dev.keyreeve.directdebit.mandate.MandateState.PendingSubmission;
import dev.keyreeve.directdebit.mandate.MandateState.Submitted;
import dev.keyreeve.directdebit.mandate.MandateState.Suspended;
import dev.keyreeve.directdebit.mandate.MandateState.Unlodged;
import dev.keyreeve.directdebit.mandate.Move.Doubtful;
import dev.keyreeve.directdebit.mandate.Move.Illegal;
import dev.keyreeve.directdebit.mandate.Move.Moved;
import dev.keyreeve.directdebit.mandate.Move.Unchanged;
import dev.keyreeve.directdebit.mandate.Reason.Reported;
import java.time.Instant;
import java.time.Period;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What each report of a scheme does to each state. A report that tells what is so already changes
/// nothing.
final class SchemeMoves {

  private static final Reason ENDED_WITH_PROVIDER =
      new Reason.Given("The mandate was ended with the payment provider.");

  private static final Reason BLOCKED_BY_PROVIDER =
      new Reason.Given("The payment provider has blocked the mandate.");

  /// How long a payer can have a cancellation undone at the bank.
  private static final Period REINSTATEMENT = Period.ofMonths(2);

  private static final String REINSTATED = "The bank has reinstated an instruction ";
  private static final String TOO_LATE = REINSTATED + "that ended more than two months before.";

  private SchemeMoves() {}

  static Move after(MandateState state, SchemeEvent event, Instant at) {
    return switch (event) {
      case SchemeEvent.InstructionSubmitted _ -> submitted(state, at);
      case SchemeEvent.InstructionAccepted _ -> accepted(state, at);
      case SchemeEvent.InstructionRejected(var reason, var account) ->
          rejected(state, reason, account, at);
      case SchemeEvent.InstructionCancelled(var reason) -> cancelled(state, reason, at);
      case SchemeEvent.InstructionWithdrawn _ -> withdrawn(state, ENDED_WITH_PROVIDER, at);
      case SchemeEvent.InstructionBlocked _ -> withdrawn(state, BLOCKED_BY_PROVIDER, at);
      case SchemeEvent.InstructionMoved _ -> moved(state);
      case SchemeEvent.InstructionAmended(_, var account) ->
          amended(state, account == null ? Set.of() : Set.of(UPDATE_BANK_DETAILS));
      case SchemeEvent.AccountTransferred(var account) when account != null -> transferred(state);
      case SchemeEvent.AccountTransferred _ ->
          suspended(state, AddacsReason.ACCOUNT_TRANSFERRED, at);
      case SchemeEvent.NoticeDisputed _ -> suspended(state, AddacsReason.NOTICE_DISPUTED, at);
      case SchemeEvent.InstructionReinstated _ -> reinstated(state, at);
      case SchemeEvent.DormancyReached _ -> dormant(state, at);
      case SchemeEvent.DebitReturned(var reason) ->
          reason == null ? new Unchanged(state) : react(reason.reaction(), state, reason, at);
      case SchemeEvent.ClaimRaised(var reason) -> react(reason.reaction(), state, reason, at);
      case SchemeEvent.DebitSubmitted _,
          SchemeEvent.DebitRejected _,
          SchemeEvent.DebitCancelled _,
          SchemeEvent.DebitResubmitted _,
          SchemeEvent.DebitCollected _,
          SchemeEvent.DebitSettled _,
          SchemeEvent.ClaimWithdrawn _,
          SchemeEvent.ClaimSettled _ ->
          new Unchanged(state);
    };
  }

  private static Move submitted(MandateState state, Instant at) {
    return switch (state) {
      case PendingSubmission pending ->
          new Moved(new Submitted(at, pending.submissions()), MandateEvent.SUBMITTED);
      case Submitted _ -> new Unchanged(state);
      case InForce lodged when lodged.resubmitting() -> new Unchanged(state);
      case InForce _, Unlodged _, Ended _ -> new Illegal(state);
    };
  }

  private static Move accepted(MandateState state, Instant at) {
    return switch (state) {
      case Submitted submitted ->
          new Moved(new Active(at, submitted.submissions(), false), MandateEvent.ACTIVE);
      case InForce lodged when lodged.resubmitting() ->
          new Moved(lodged.resubmitting(false), MandateEvent.UPDATED);
      case InForce _ -> new Unchanged(state);
      case Unlodged _, Ended _ -> new Illegal(state);
    };
  }

  /// A mandate that was in force and cannot be lodged at the payer's new bank has not failed to
  /// start: it ends.
  ///
  /// Bacs scheme: after AUDDIS 3 the instruction has to be lodged anew, at the new bank. Where that
  /// names the account, it is kept for whoever takes the mandate up again.
  private static Move rejected(
      MandateState state, AuddisReason reason, @Nullable NewAccount account, Instant at) {
    Set<Effect> kept =
        account != null && reason == AuddisReason.ACCOUNT_TRANSFERRED
            ? Set.of(UPDATE_BANK_DETAILS)
            : Set.of();
    return switch (state) {
      case Submitted submitted -> {
        var reported = new Reported(reason);
        yield new Moved(
            new Failed(at, reported, submitted.submissions()),
            MandateEvent.FAILED,
            with(kept, CANCEL_COLLECTIONS, reported));
      }
      case InForce lodged when lodged.resubmitting() -> cancelled(lodged, reason, kept, at);
      case Cancelled _ -> cancelled(state, reason, at);
      case Failed _ -> new Unchanged(state);
      case InForce _, Unlodged _, Expired _ -> new Illegal(state);
    };
  }

  /// House rule: who ended a mandate first has ended it, and a reason that weighs more against a
  /// return takes the place of the first one.
  private static Move cancelled(MandateState state, SchemeReason reason, Instant at) {
    var reported = new Reported(reason);
    return switch (state) {
      case Lodged lodged -> cancelled(lodged, reason, Set.of(), at);
      case Cancelled cancelled when reported.outweighs(cancelled.reason()) ->
          new Moved(
              new Cancelled(
                  cancelled.since(),
                  cancelled.initiator(),
                  reported,
                  cancelled.submissions(),
                  cancelled.resubmitting()),
              MandateEvent.UPDATED,
              reported.effects());
      case Cancelled _ -> new Unchanged(state);
      case Unlodged _, Failed _, Expired _ -> new Illegal(state);
    };
  }

  private static Moved cancelled(
      Lodged lodged, SchemeReason reason, Set<Effect> effects, Instant at) {
    var reported = new Reported(reason);
    return new Moved(
        new Cancelled(
            at,
            reported.initiator(),
            reported,
            lodged.submissions(),
            lodged instanceof InForce inForce && inForce.resubmitting()),
        MandateEvent.CANCELLED,
        with(effects, CANCEL_COLLECTIONS, reported));
  }

  /// GoCardless ends a mandate for nobody but the collector, or for its own rules, which the
  /// collector has to settle with it.
  private static Move withdrawn(MandateState state, Reason why, Instant at) {
    return switch (state) {
      case PendingSubmission pending -> ended(pending.submissions(), why, at);
      case Lodged lodged -> ended(lodged.submissions(), why, at);
      case Ended _ -> new Unchanged(state);
      case Unlodged _ -> new Illegal(state);
    };
  }

  private static Moved ended(int submissions, Reason why, Instant at) {
    return new Moved(
        new Cancelled(at, Initiator.AGENT, why, submissions),
        MandateEvent.CANCELLED,
        CANCEL_COLLECTIONS);
  }

  /// A debit that was under way when the mandate ended may still come back; nothing is left to
  /// suspend then.
  private static Move suspended(MandateState state, SchemeReason reason, Instant at) {
    var reported = new Reported(reason);
    return switch (state) {
      case Active active -> active.suspendedFor(reported, null, at);
      case Suspended suspended when !suspended.equals(suspended.heldFor(reported)) ->
          new Moved(suspended.heldFor(reported), MandateEvent.SUSPENDED);
      case Suspended _, Ended _ -> new Unchanged(state);
      case Unlodged _, Submitted _ -> new Illegal(state);
    };
  }

  /// Bacs scheme: the bank has the instruction where it says, and nothing is lodged anew. It may
  /// say so before silence has shown that it has lodged a new one.
  private static Move amended(MandateState state, Set<Effect> effects) {
    return switch (state) {
      case Lodged _ -> new Moved(state, MandateEvent.AMENDED, effects);
      case Unlodged _, Ended _ -> new Illegal(state);
    };
  }

  /// Bacs scheme: ADDACS 3 with the new account has it lodged there, and the old bank is told
  /// nothing.
  private static Move transferred(MandateState state) {
    return switch (state) {
      case InForce lodged ->
          new Moved(
              lodged.resubmitting(true),
              MandateEvent.TRANSFERRED,
              UPDATE_BANK_DETAILS,
              LODGE_INSTRUCTION);
      case Unlodged _, Submitted _, Ended _ -> new Illegal(state);
    };
  }

  /// The account that is known here is no longer the payer's, whatever has become of the mandate.
  private static Move moved(MandateState state) {
    return switch (state) {
      case Lodged _, Ended _ -> new Moved(state, MandateEvent.TRANSFERRED, FORGET_BANK_DETAILS);
      case Unlodged _ -> new Illegal(state);
    };
  }

  /// Bacs scheme: payers have their own cancellation (reason 1) undone at their bank, within two
  /// months; the instruction is lodged again by that. Nobody can have undone so what the collector
  /// or the bank has ended, or a death. GoCardless tells the same of what it took to be dormant.
  private static Move reinstated(MandateState state, Instant at) {
    return switch (state) {
      case Active _ -> new Unchanged(state);
      case Cancelled cancelled -> reinstated(cancelled, at);
      case Expired expired when isTooLate(expired, at) ->
          new Doubtful(state, TOO_LATE, active(expired, at));
      case Expired expired -> active(expired, at);
      case Suspended _ -> new Doubtful(state, REINSTATED + "and the mandate is suspended.", null);
      case PendingSubmission _, Submitted _ ->
          new Doubtful(state, REINSTATED + "and it is being lodged again already.", null);
      case Failed _, Unlodged _ ->
          new Doubtful(state, REINSTATED + "which was never lodged.", null);
    };
  }

  private static Move reinstated(Cancelled cancelled, Instant at) {
    if (cancelled.initiator() == Initiator.AGENT
        || !(cancelled.reason() instanceof Reported reported)) {
      return new Doubtful(cancelled, REINSTATED + "which the collector had ended.", null);
    }
    if (cancelled.resubmitting()) {
      return new Doubtful(
          cancelled, REINSTATED + "which was being lodged anew for another account.", null);
    }
    if (reported.obstacle() == Obstacle.PAYER_DECEASED) {
      return new Doubtful(cancelled, REINSTATED + "of a payer who is said to have died.", null);
    }
    if (!reported.isPayersOwnCancellation()) {
      var code = reported.reason().code();
      return new Doubtful(
          cancelled,
          REINSTATED + "which the payer had not cancelled: it ended by " + code + ".",
          active(cancelled, at));
    }
    return isTooLate(cancelled, at)
        ? new Doubtful(cancelled, TOO_LATE, active(cancelled, at))
        : active(cancelled, at);
  }

  /// Days are those of London, where the scheme is. The last is the day of the same date two months
  /// on, or the last day of a shorter month.
  private static boolean isTooLate(Ended ended, Instant at) {
    var lastDay = London.dateOf(ended.since()).plus(REINSTATEMENT);
    return London.dateOf(at).isAfter(lastDay);
  }

  private static Moved active(Ended ended, Instant at) {
    return new Moved(new Active(at, ended.submissions(), false), MandateEvent.REINSTATED);
  }

  private static Move dormant(MandateState state, Instant at) {
    return switch (state) {
      case InForce lodged ->
          new Moved(
              new Expired(at, lodged.submissions()), MandateEvent.EXPIRED, CANCEL_COLLECTIONS);
      case Expired _ -> new Unchanged(state);
      case Unlodged _, Submitted _, Cancelled _, Failed _ -> new Illegal(state);
    };
  }

  private static Move react(
      MandateReaction reaction, MandateState state, SchemeReason reason, Instant at) {
    return switch (reaction) {
      case NONE -> new Unchanged(state);
      case SUSPEND -> suspended(state, reason, at);
      case CANCEL -> cancelled(state, reason, at);
    };
  }

  private static Set<Effect> with(Set<Effect> some, Effect effect, Reported reported) {
    var effects = EnumSet.of(effect);
    effects.addAll(some);
    effects.addAll(reported.effects());
    return effects;
  }
}
