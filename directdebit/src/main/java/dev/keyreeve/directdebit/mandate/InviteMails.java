package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.platform.mail.DeliveryStatus;
import dev.keyreeve.platform.mail.MailListener;
import dev.keyreeve.platform.tenancy.Tx;
import org.jspecify.annotations.Nullable;

/// Moves invites on by what became of their mails. The mandate stays as it is: one whose invite
/// bounced can be given another.
public final class InviteMails implements MailListener {
  private static final String REFUSED = "mail_refused";
  private static final String GIVEN_UP = "mail_given_up";

  @Override
  public void ended(Tx tx, String inviteId, DeliveryStatus status) {
    var mandate =
        MandateRows.lock(tx, new MandateId(Invites.mandateOf(tx, inviteId))).orElseThrow();
    switch (status) {
      case DeliveryStatus.Sent _ -> {
        if (Invites.sent(tx, inviteId)) {
          MandateEvents.tell(tx, MandateEvent.INVITE_SENT, mandate, Source.CLOCK);
        }
      }
      case DeliveryStatus.Bounced(var code, var answer) ->
          bounced(tx, inviteId, mandate, REFUSED, code, answer);
      case DeliveryStatus.GivenUp(var why) -> bounced(tx, inviteId, mandate, GIVEN_UP, null, why);
    }
  }

  private static void bounced(
      Tx tx, String inviteId, Mandate mandate, String cause, @Nullable String code, String answer) {
    if (Invites.bounce(tx, inviteId, code, answer)) {
      MandateEvents.tell(tx, MandateEvent.INVITE_BOUNCED, mandate, Origin.PROVIDER, cause, code);
    }
  }
}
