package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.directdebit.mandate.Effect.CANCEL_COLLECTIONS;
import static dev.keyreeve.directdebit.mandate.Effect.FORGET_BANK_DETAILS;
import static dev.keyreeve.directdebit.mandate.Effect.LODGE_INSTRUCTION;
import static dev.keyreeve.directdebit.mandate.Effect.UPDATE_BANK_DETAILS;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.MandateReaction;
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
import dev.keyreeve.directdebit.mandate.Move.Illegal;
import dev.keyreeve.directdebit.mandate.Move.Moved;
import dev.keyreeve.directdebit.mandate.Move.Unchanged;
import dev.keyreeve.directdebit.mandate.Reason.Reported;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/// What each report of a scheme does to each state. A report that tells what is so already changes
/// nothing.
final class SchemeMoves {

  private static final Reason ENDED_WITH_PROVIDER =
      new Reason.Given("The mandate was ended with the payment provider.");

  private static final Reason BLOCKED_BY_PROVIDER =
      new Reason.Given("The payment provider has blocked the mandate.");

  private SchemeMoves() {}

  static Move after(MandateState state, SchemeEvent event, Instant at) {
    return switch (event) {
      case SchemeEvent.InstructionSubmitted _ -> submitted(state, at);
      case SchemeEvent.InstructionAccepted _ -> accepted(state, at);
      case SchemeEvent.InstructionRejected(var reason) -> rejected(state, reason, at);
      case SchemeEvent.InstructionCancelled(var reason) -> cancelled(state, reason, at);
      case SchemeEvent.InstructionWithdrawn _ -> withdrawn(state, ENDED_WITH_PROVIDER, at);
      case SchemeEvent.InstructionBlocked _ -> withdrawn(state, BLOCKED_BY_PROVIDER, at);
      case SchemeEvent.InstructionMoved _ -> moved(state);
      case SchemeEvent.InstructionAmended(_, var details) ->
          amended(state, details == null ? Set.of() : Set.of(UPDATE_BANK_DETAILS));
      case SchemeEvent.AccountTransferred(var details) when details != null -> transferred(state);
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
  private static Move rejected(MandateState state, AuddisReason reason, Instant at) {
    return switch (state) {
      case Submitted submitted -> {
        var reported = new Reported(reason);
        yield new Moved(
            new Failed(at, reported, submitted.submissions()),
            MandateEvent.FAILED,
            with(CANCEL_COLLECTIONS, reported));
      }
      case InForce lodged when lodged.resubmitting() -> cancelled(state, reason, at);
      case Cancelled _ -> cancelled(state, reason, at);
      case Failed _ -> new Unchanged(state);
      case InForce _, Unlodged _, Expired _ -> new Illegal(state);
    };
  }

  private static Move cancelled(MandateState state, SchemeReason reason, Instant at) {
    var reported = new Reported(reason);
    return switch (state) {
      case Lodged lodged ->
          new Moved(
              new Cancelled(at, reported.initiator(), reported, lodged.submissions()),
              MandateEvent.CANCELLED,
              with(CANCEL_COLLECTIONS, reported));
      case Cancelled cancelled when reported.outweighs(cancelled.reason()) ->
          new Moved(
              new Cancelled(
                  cancelled.since(), cancelled.initiator(), reported, cancelled.submissions()),
              MandateEvent.UPDATED,
              reported.effects());
      case Cancelled _ -> new Unchanged(state);
      case Unlodged _, Failed _, Expired _ -> new Illegal(state);
    };
  }

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

  private static Move amended(MandateState state, Set<Effect> effects) {
    return switch (state) {
      case InForce _ -> new Moved(state, MandateEvent.AMENDED, effects);
      case Unlodged _, Submitted _, Ended _ -> new Illegal(state);
    };
  }

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

  private static Move reinstated(MandateState state, Instant at) {
    return switch (state) {
      case Cancelled cancelled when bankMayReinstate(cancelled) ->
          new Moved(new Active(at, cancelled.submissions(), false), MandateEvent.REINSTATED);
      case Active _ -> new Unchanged(state);
      case Unlodged _, Submitted _, Suspended _, Ended _ -> new Illegal(state);
    };
  }

  private static boolean bankMayReinstate(Cancelled cancelled) {
    return cancelled.initiator() == Initiator.BANK
        && cancelled.reason() instanceof Reported reported
        && reported.obstacle() != Obstacle.PAYER_DECEASED;
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

  private static Set<Effect> with(Effect effect, Reported reported) {
    var effects = EnumSet.of(effect);
    effects.addAll(reported.effects());
    return effects;
  }
}
