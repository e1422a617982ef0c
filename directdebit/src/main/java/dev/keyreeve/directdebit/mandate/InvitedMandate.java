package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.mandate.invite.Invite;
import dev.keyreeve.procedure.Replayable;
import dev.keyreeve.procedure.shape.OneTime;
import org.jspecify.annotations.Nullable;

/// A mandate with the link for its payer.
///
/// @param url for the payer alone; the caller sends it, unless it is mailed. It is shown once, so a
///   replay lacks it
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
record InvitedMandate(MandateView mandate, Invite invite, @Nullable OneTime url, boolean replayed)
    implements Replayable<InvitedMandate> {
  @Override
  public InvitedMandate asReplay() {
    return new InvitedMandate(mandate, invite, url, true);
  }
}
