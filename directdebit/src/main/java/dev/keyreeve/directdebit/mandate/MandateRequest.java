package dev.keyreeve.directdebit.mandate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A collector asks for an action, with what belongs to it.
public sealed interface MandateRequest {

  MandateAction action();

  record ResendInvite() implements MandateRequest {
    @Override
    public MandateAction action() {
      return MandateAction.RESEND_INVITE;
    }
  }

  record RevokeInvite() implements MandateRequest {
    @Override
    public MandateAction action() {
      return MandateAction.REVOKE_INVITE;
    }
  }

  record Cancel(Reason.Given reason) implements MandateRequest {
    @Override
    public MandateAction action() {
      return MandateAction.CANCEL;
    }
  }

  /// The suspension ends by itself on the morning of `until` in London, or only by a [Reactivate].
  record Suspend(Reason.Given reason, @Nullable LocalDate until) implements MandateRequest {
    @Override
    public MandateAction action() {
      return MandateAction.SUSPEND;
    }
  }

  /// `freshConsent` says that evidence of the payer's consent, given after the mandate ended, is
  /// kept.
  record Reactivate(boolean freshConsent) implements MandateRequest {
    @Override
    public MandateAction action() {
      return MandateAction.REACTIVATE;
    }
  }

  /// The payer is debited at another account from now on, and has agreed to it.
  record ChangeBankAccount() implements MandateRequest {
    @Override
    public MandateAction action() {
      return MandateAction.CHANGE_BANK_ACCOUNT;
    }
  }
}
