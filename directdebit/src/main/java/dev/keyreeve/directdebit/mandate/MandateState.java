package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.directdebit.mandate.Effect.CANCEL_COLLECTIONS;
import static dev.keyreeve.directdebit.mandate.Effect.CONFIRM_SETUP;
import static dev.keyreeve.directdebit.mandate.Effect.HOLD_COLLECTIONS;
import static dev.keyreeve.directdebit.mandate.Effect.LODGE_INSTRUCTION;
import static dev.keyreeve.directdebit.mandate.Effect.REVOKE_INVITE;
import static dev.keyreeve.directdebit.mandate.Effect.UPDATE_BANK_DETAILS;
import static dev.keyreeve.directdebit.mandate.Effect.WITHDRAW_INSTRUCTION;

import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.mandate.Move.Illegal;
import dev.keyreeve.directdebit.mandate.Move.Moved;
import dev.keyreeve.directdebit.mandate.Move.NotReactivatable;
import dev.keyreeve.directdebit.mandate.Move.Reactivation;
import dev.keyreeve.directdebit.mandate.Move.Unchanged;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a mandate stands, and what can become of it.
///
/// Who holds a state by its own type finds its legal moves there and no others. Who holds any state
/// asks: [#answer] for a collector's request, [#after] for a scheme's report. Both leave the state
/// as it is and hand out the next.
public sealed interface MandateState {

  /// How often an ended mandate can be taken up again.
  int MAX_RESUBMISSIONS = 10;

  /// A new mandate whose payer is asked for bank details and authority.
  static Moved invite(Instant at) {
    return new Moved(new Invited(at), MandateEvent.INVITED);
  }

  /// A new mandate whose payer has given bank details and authority elsewhere; evidence of it is
  /// kept.
  static Moved create(Instant at) {
    return new Moved(
        new PendingSubmission(at, 1), MandateEvent.CREATED, CONFIRM_SETUP, LODGE_INSTRUCTION);
  }

  /// When the mandate came into this status.
  Instant since();

  /// How often the mandate has been queued for lodging: 0 until the payer has authorised it, and
  /// one more with each return from an end.
  int submissions();

  MandateStatus status();

  /// What [#answer] would carry out, given a reason or consent where one is needed.
  default Set<MandateAction> allowedActions() {
    var allowed = EnumSet.noneOf(MandateAction.class);
    if (this instanceof Invitable) allowed.add(MandateAction.RESEND_INVITE);
    if (this instanceof Invited) allowed.add(MandateAction.REVOKE_INVITE);
    if (this instanceof Cancellable) allowed.add(MandateAction.CANCEL);
    if (this instanceof Suspendable) allowed.add(MandateAction.SUSPEND);
    if (this instanceof Reactivatable that && that.reactivate(true, since()) instanceof Moved) {
      allowed.add(MandateAction.REACTIVATE);
    }
    if (this instanceof Rebankable) allowed.add(MandateAction.CHANGE_BANK_ACCOUNT);
    return Collections.unmodifiableSet(allowed);
  }

  /// Answers a collector's request. Cancelling what is cancelled changes nothing; any other move
  /// that the state does not offer is illegal.
  default Move answer(MandateRequest request, Instant at) {
    return switch (request) {
      case MandateRequest.ResendInvite _ when this instanceof Invitable that ->
          that.resendInvite(at);
      case MandateRequest.RevokeInvite _ when this instanceof Invited that -> that.revoke(at);
      case MandateRequest.Cancel(var reason) when this instanceof Cancellable that ->
          that.cancel(reason, at);
      case MandateRequest.Cancel _ when this instanceof Cancelled -> new Unchanged(this);
      case MandateRequest.Suspend(var reason, var until) when this instanceof Suspendable that ->
          that.suspend(reason, until, at);
      case MandateRequest.Reactivate(var freshConsent) when this instanceof Reactivatable that ->
          that.reactivate(freshConsent, at);
      case MandateRequest.ChangeBankAccount _ when this instanceof Rebankable that ->
          that.changeBankAccount(at);
      case MandateRequest.ResendInvite _,
          MandateRequest.RevokeInvite _,
          MandateRequest.Cancel _,
          MandateRequest.Suspend _,
          MandateRequest.Reactivate _,
          MandateRequest.ChangeBankAccount _ ->
          new Illegal(this);
    };
  }

  /// Answers a scheme's report.
  default Move after(SchemeEvent event, Instant at) {
    return SchemeMoves.after(this, event, at);
  }

  default MandateColumns columns() {
    return new MandateColumns(
        status(),
        since(),
        this instanceof Suspended that ? that.until() : null,
        this instanceof Cancelled that ? that.initiator() : null,
        switch (this) {
          case Suspended that -> that.reason().text();
          case Cancelled that -> that.reason().text();
          case Failed that -> that.reason().text();
          case Unlodged _, Submitted _, Active _, Expired _ -> null;
        },
        submissions(),
        switch (this) {
          case InForce that -> that.resubmitting();
          case Cancelled that -> that.resubmitting();
          case Unlodged _, Submitted _, Failed _, Expired _ -> false;
        });
  }

  /// The state that was laid flat; one that lacks what its status carries throws an
  /// [IllegalArgumentException].
  static MandateState of(MandateColumns row) {
    return switch (row.status()) {
      case INVITED -> new Invited(row.since());
      case INVITE_EXPIRED -> new InviteExpired(row.since());
      case PENDING_APPROVAL -> new PendingApproval(row.since());
      case PENDING_SUBMISSION -> new PendingSubmission(row.since(), row.submissions());
      case SUBMITTED -> new Submitted(row.since(), row.submissions());
      case ACTIVE -> new Active(row.since(), row.submissions(), row.resubmitting());
      case SUSPENDED ->
          new Suspended(
              row.since(),
              row.suspendedUntil(),
              reasonOf(row),
              row.submissions(),
              row.resubmitting());
      case CANCELLED ->
          new Cancelled(
              row.since(),
              present(row.initiator(), row),
              reasonOf(row),
              row.submissions(),
              row.resubmitting());
      case FAILED -> new Failed(row.since(), reasonOf(row), row.submissions());
      case EXPIRED -> new Expired(row.since(), row.submissions());
    };
  }

  private static Reason reasonOf(MandateColumns row) {
    return Reason.parse(present(row.reason(), row));
  }

  private static <T> T present(@Nullable T value, MandateColumns row) {
    if (value == null) throw new IllegalArgumentException("not the row of a mandate: " + row);
    return value;
  }

  private static void requireSubmitted(int submissions) {
    if (submissions < 1) throw new IllegalArgumentException("this state follows a submission");
  }

  /// A state from which the payer can be invited once more.
  sealed interface Invitable extends MandateState {
    /// The old link ends and a new one goes out.
    default Moved resendInvite(Instant at) {
      return new Moved(new Invited(at), MandateEvent.INVITED, REVOKE_INVITE);
    }
  }

  /// A state that the collector can end.
  sealed interface Cancellable extends MandateState {
    Moved cancel(Reason.Given reason, Instant at);
  }

  /// A state in which the collector can pause; no scheme knows of it.
  sealed interface Suspendable extends MandateState {
    Moved suspend(Reason.Given reason, @Nullable LocalDate until, Instant at);
  }

  /// A state from which a mandate can be taken up again.
  sealed interface Reactivatable extends MandateState {
    Reactivation reactivate(boolean freshConsent, Instant at);
  }

  /// A state in which the payer can name another account to be debited.
  sealed interface Rebankable extends MandateState {
    Moved changeBankAccount(Instant at);
  }

  /// No bank knows of the mandate yet, so an end needs no withdrawal.
  sealed interface Unlodged extends Cancellable {
    @Override
    default Moved cancel(Reason.Given reason, Instant at) {
      return new Moved(
          new Cancelled(at, Initiator.AGENT, reason, submissions()),
          MandateEvent.CANCELLED,
          REVOKE_INVITE,
          CANCEL_COLLECTIONS);
    }
  }

  /// An instruction is with the payer's bank or on the way there.
  sealed interface Lodged extends Cancellable {
    @Override
    default Moved cancel(Reason.Given reason, Instant at) {
      return new Moved(
          new Cancelled(at, Initiator.AGENT, reason, submissions()),
          MandateEvent.CANCELLED,
          WITHDRAW_INSTRUCTION,
          CANCEL_COLLECTIONS);
    }
  }

  /// The payer's bank holds the instruction. While `resubmitting`, it is being lodged anew for
  /// another account.
  sealed interface InForce extends Lodged, Rebankable {
    boolean resubmitting();

    InForce resubmitting(boolean resubmitting);

    /// The old bank is told that it no longer applies, unless it has been told so before.
    @Override
    default Moved changeBankAccount(Instant at) {
      return resubmitting()
          ? new Moved(this, MandateEvent.TRANSFERRED, UPDATE_BANK_DETAILS, LODGE_INSTRUCTION)
          : new Moved(
              resubmitting(true),
              MandateEvent.TRANSFERRED,
              UPDATE_BANK_DETAILS,
              WITHDRAW_INSTRUCTION,
              LODGE_INSTRUCTION);
    }
  }

  /// The mandate is over and, unless an [Obstacle] stands in the way, can be lodged again.
  sealed interface Ended extends Reactivatable {
    @Nullable Reason reason();

    @Override
    default Reactivation reactivate(boolean freshConsent, Instant at) {
      var obstacle = obstacle(freshConsent);
      if (obstacle != null) return new NotReactivatable(this, obstacle);

      return new Moved(
          new PendingSubmission(at, submissions() + 1),
          MandateEvent.REACTIVATED,
          LODGE_INSTRUCTION);
    }

    /// House rule: what came to an end by the word of a payer comes back by the word of that payer
    /// alone, given after the end. Who was never asked has no word to repeat. The number of returns
    /// has the limit that GoCardless sets.
    private @Nullable Obstacle obstacle(boolean freshConsent) {
      if (submissions() == 0) return Obstacle.NEVER_AUTHORISED;

      var obstacle = reason() instanceof Reason.Reported reported ? reported.obstacle() : null;
      if (obstacle != null && !(obstacle == Obstacle.CONSENT_NEEDED && freshConsent)) {
        return obstacle;
      }
      return submissions() > MAX_RESUBMISSIONS ? Obstacle.TOO_MANY_RESUBMISSIONS : null;
    }
  }

  /// The payer has a link and has not completed it.
  record Invited(Instant since) implements Unlodged, Invitable {

    /// The payer has given bank details and authority.
    public Moved complete(Instant at) {
      return new Moved(
          new PendingSubmission(at, 1),
          MandateEvent.INVITE_COMPLETED,
          CONFIRM_SETUP,
          LODGE_INSTRUCTION);
    }

    /// The payer has given bank details, and a second signatory has to agree.
    public Moved completeForApproval(Instant at) {
      return new Moved(new PendingApproval(at), MandateEvent.APPROVAL_PENDING);
    }

    /// The agent takes the link back; until another goes out, the payer has none.
    public Moved revoke(Instant at) {
      return new Moved(new InviteExpired(at), MandateEvent.INVITE_REVOKED, REVOKE_INVITE);
    }

    public Moved lapse(Instant at) {
      return new Moved(new InviteExpired(at), MandateEvent.INVITE_EXPIRED, REVOKE_INVITE);
    }

    @Override
    public int submissions() {
      return 0;
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.INVITED;
    }
  }

  /// The payer has no link that works.
  record InviteExpired(Instant since) implements Unlodged, Invitable {
    @Override
    public int submissions() {
      return 0;
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.INVITE_EXPIRED;
    }
  }

  /// A second signatory has to agree.
  record PendingApproval(Instant since) implements Unlodged {

    public Moved approve(Instant at) {
      return new Moved(
          new PendingSubmission(at, 1), MandateEvent.UPDATED, CONFIRM_SETUP, LODGE_INSTRUCTION);
    }

    public Moved refuse(Instant at) {
      return new Moved(
          new Failed(at, new Reason.ApprovalRefused(), 0), MandateEvent.FAILED, CANCEL_COLLECTIONS);
    }

    @Override
    public int submissions() {
      return 0;
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.PENDING_APPROVAL;
    }
  }

  /// Authorised, and waiting for the next submission.
  record PendingSubmission(Instant since, int submissions) implements Unlodged, Rebankable {
    public PendingSubmission {
      requireSubmitted(submissions);
    }

    /// No bank has heard of the account before.
    @Override
    public Moved changeBankAccount(Instant at) {
      return new Moved(this, MandateEvent.AMENDED, UPDATE_BANK_DETAILS, LODGE_INSTRUCTION);
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.PENDING_SUBMISSION;
    }
  }

  /// On the way to the payer's bank, which may still return it.
  record Submitted(Instant since, int submissions) implements Lodged {
    public Submitted {
      requireSubmitted(submissions);
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.SUBMITTED;
    }
  }

  /// Debits can be collected.
  record Active(Instant since, int submissions, boolean resubmitting)
      implements InForce, Suspendable {
    public Active {
      requireSubmitted(submissions);
    }

    @Override
    public Moved suspend(Reason.Given reason, @Nullable LocalDate until, Instant at) {
      return suspendedFor(reason, until, at);
    }

    Moved suspendedFor(Reason reason, @Nullable LocalDate until, Instant at) {
      return new Moved(
          new Suspended(at, until, reason, submissions, resubmitting),
          MandateEvent.SUSPENDED,
          HOLD_COLLECTIONS);
    }

    @Override
    public Active resubmitting(boolean resubmitting) {
      return new Active(since, submissions, resubmitting);
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.ACTIVE;
    }
  }

  /// The collector collects nothing for the time being; the bank knows nothing of it. Ends on the
  /// morning of `until` in London, if there is one.
  record Suspended(
      Instant since,
      @Nullable LocalDate until,
      Reason reason,
      int submissions,
      boolean resubmitting)
      implements InForce, Reactivatable {
    public Suspended {
      requireSubmitted(submissions);
    }

    public boolean isOverOn(LocalDate today) {
      return until != null && !today.isBefore(until);
    }

    /// Bacs scheme: a suspension is the collector's own, and the instruction stays lodged. It needs
    /// no consent, for the payer never took it back.
    @Override
    public Moved reactivate(boolean freshConsent, Instant at) {
      return new Moved(new Active(at, submissions, resubmitting), MandateEvent.REACTIVATED);
    }

    /// What waits for the account that the payer has moved to goes on with it. Bacs scheme: the old
    /// bank has said so itself, and is sent no withdrawal.
    @Override
    public Moved changeBankAccount(Instant at) {
      return reason instanceof Reason.Reported reported && reported.awaitsNewAccount()
          ? new Moved(
              new Active(at, submissions, true),
              MandateEvent.TRANSFERRED,
              UPDATE_BANK_DETAILS,
              LODGE_INSTRUCTION)
          : InForce.super.changeBankAccount(at);
    }

    /// The same suspension, now for a bank's reason, which has no end of its own.
    Suspended heldFor(Reason reason) {
      return new Suspended(since, null, reason, submissions, resubmitting);
    }

    @Override
    public Suspended resubmitting(boolean resubmitting) {
      return new Suspended(since, until, reason, submissions, resubmitting);
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.SUSPENDED;
    }
  }

  /// Ended by `initiator`. The `reason` is theirs, or that of a later report that weighs more
  /// against a return.
  ///
  /// @param resubmitting whether it ended while it was being lodged anew for another account, so
  ///   that no bank is known to hold it there
  record Cancelled(
      Instant since, Initiator initiator, Reason reason, int submissions, boolean resubmitting)
      implements Ended {
    Cancelled(Instant since, Initiator initiator, Reason reason, int submissions) {
      this(since, initiator, reason, submissions, false);
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.CANCELLED;
    }
  }

  /// The instruction was never lodged.
  record Failed(Instant since, Reason reason, int submissions) implements Ended {
    @Override
    public MandateStatus status() {
      return MandateStatus.FAILED;
    }
  }

  /// Unused for so long that banks may have dropped the instruction.
  record Expired(Instant since, int submissions) implements Ended {
    public Expired {
      requireSubmitted(submissions);
    }

    @Override
    public @Nullable Reason reason() {
      return null;
    }

    @Override
    public MandateStatus status() {
      return MandateStatus.EXPIRED;
    }
  }
}
