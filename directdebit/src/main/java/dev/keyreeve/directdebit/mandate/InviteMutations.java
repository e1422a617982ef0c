package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.mandate.MandateScopes.MANDATES_WRITE;
import static dev.keyreeve.directdebit.mandate.Refusals.AMOUNT_OVER_LIMIT;
import static dev.keyreeve.directdebit.mandate.Refusals.CONTACT_STOPPED;
import static dev.keyreeve.directdebit.mandate.Refusals.DUPLICATE_REFERENCE;
import static dev.keyreeve.directdebit.mandate.Refusals.EMAIL_MISSING;
import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_STATE;
import static dev.keyreeve.directdebit.mandate.Refusals.LIVE_MANDATE_EXISTS;
import static dev.keyreeve.directdebit.mandate.Refusals.MANDATE_NOT_FOUND;
import static dev.keyreeve.directdebit.mandate.Refusals.VERSION_MISMATCH;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.mandate.invite.Invite;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.directdebit.mandate.invite.RedirectUrl;
import dev.keyreeve.directdebit.mandate.mail.PayerMail;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.directdebit.mandate.payer.PayerRows;
import dev.keyreeve.directdebit.mandate.schedule.ScheduleDraft;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Bulk;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How callers ask payers to complete mandates. The caller gets the link, and sends it or has it
/// mailed.
final class InviteMutations {
  private static final int USUAL_DAYS = 14;

  private final Tenancy tenancy;
  private final Invites invites;
  private final Debits debits;
  private final MandateMoves moves;
  private final PayerMailbox mailbox;
  private final PayerRows payers;
  private final RandomGenerator random;

  InviteMutations(
      Tenancy tenancy,
      Invites invites,
      Debits debits,
      PayerMailbox mailbox,
      RandomGenerator random) {
    this.random = random;
    this.payers = new PayerRows(random);
    this.tenancy = tenancy;
    this.invites = invites;
    this.debits = debits;
    this.mailbox = mailbox;
    this.moves = new MandateMoves(debits, random);
  }

  List<Procedure<?, ?>> procedures() {
    var invite =
        mutation("mandates.invite", holds(MANDATES_WRITE), post("/mandates/invite"))
            .about(
                "Creates a mandate and a link by which its payer completes it. Send the link, or have"
                    + " it mailed.")
            .takes(InviteMandate.class)
            .gives(InvitedMandate.class)
            .refuses(
                DUPLICATE_REFERENCE,
                LIVE_MANDATE_EXISTS,
                AMOUNT_OVER_LIMIT,
                EMAIL_MISSING,
                CONTACT_STOPPED)
            .by(tenancy.writes(this::invite));
    return List.of(
        invite,
        Bulk.of(invite, "mandates.bulkInvite", post("/mandates/bulk-invite")),
        mutation(
                "mandates.resendInvite",
                holds(MANDATES_WRITE),
                post("/mandates/{id}/resend-invite"))
            .about(
                "Makes a new link for the payer, and ends the old one. Send it, or have it"
                    + " mailed.")
            .takes(ResendInvite.class)
            .gives(InvitedMandate.class)
            .refuses(
                MANDATE_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH, EMAIL_MISSING, CONTACT_STOPPED)
            .by(tenancy.writes(this::resend)),
        mutation(
                "mandates.revokeInvite",
                holds(MANDATES_WRITE),
                post("/mandates/{id}/revoke-invite"))
            .about("Ends the payer's link. The mandate waits until another is made.")
            .takes(RevokeInvite.class)
            .gives(MandateChange.class)
            .refuses(MANDATE_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH)
            .by(tenancy.writes(this::revoke)));
  }

  Outcome<InvitedMandate> invite(Tx tx, InviteMandate input) {
    // Describing the payer holds its row, so that of two invites one sees the other's mandate.
    var payerId = payers.put(tx, input.payer());
    var live = input.payer().externalRef() == null ? null : MandateRows.liveOf(tx, payerId);
    if (live != null) {
      return Outcome.refused(LIVE_MANDATE_EXISTS, Map.of("mandateId", live.text()));
    }
    var begun = MandateState.invite(tx.now());
    var id = MandateId.generate(tx.now(), random);
    boolean added =
        MandateRows.insert(
            tx,
            new MandateRows.New(
                id,
                MandateReference.orRandom(input.reference(), random),
                begun.state(),
                payerId,
                null,
                Objects.requireNonNullElse(input.metadata(), Map.of())));
    if (!added) return Outcome.refused(DUPLICATE_REFERENCE);

    var mandate = moves.begin(tx, id, begun);
    return planned(tx, id, input.schedule())
        .then(
            _ ->
                issue(
                    tx,
                    mandate.view(),
                    input.expiresInDays(),
                    input.redirectUrl(),
                    input.sendEmail()));
  }

  private Outcome<List<NoticeView>> planned(Tx tx, MandateId id, @Nullable ScheduleDraft schedule) {
    return schedule == null
        ? Outcome.done(List.of())
        : debits.plan(tx, id, schedule, Source.by(tx.by()));
  }

  private Outcome<InvitedMandate> resend(Tx tx, ResendInvite input) {
    var redirectUrl = Invites.latest(tx, input.id().text()).map(Invite::redirectUrl).orElse(null);
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(mandate -> moves.answer(tx, mandate, new MandateRequest.ResendInvite()))
        .then(
            answered ->
                issue(
                    tx,
                    answered.mandate().view(),
                    input.expiresInDays(),
                    redirectUrl,
                    input.sendEmail()));
  }

  private Outcome<MandateChange> revoke(Tx tx, RevokeInvite input) {
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(mandate -> moves.answer(tx, mandate, new MandateRequest.RevokeInvite()))
        .then(answered -> Outcome.done(answered.change()));
  }

  private Outcome<InvitedMandate> issue(
      Tx tx,
      MandateView mandate,
      @Nullable Integer expiresInDays,
      @Nullable RedirectUrl redirectUrl,
      @Nullable Boolean sendEmail) {
    var days = Objects.requireNonNullElse(expiresInDays, USUAL_DAYS);
    var expiresAt = tx.now().plus(Duration.ofDays(days));
    var issued = invites.issue(tx, mandate.id().text(), expiresAt, redirectUrl);
    Due.put(tx, mandate.id(), expiresAt);
    var answer = new InvitedMandate(mandate, issued.invite(), issued.url(), false);
    if (!Boolean.TRUE.equals(sendEmail)) return Outcome.done(answer);

    return switch (mail(tx, mandate, issued)) {
      case QUEUED -> Outcome.done(answer);
      case NO_ADDRESS -> Outcome.refused(EMAIL_MISSING);
      case STOPPED -> Outcome.refused(CONTACT_STOPPED);
    };
  }

  private PayerMailbox.Answer mail(Tx tx, MandateView mandate, Invites.Issued issued) {
    var invite = issued.invite();
    Invites.mailed(tx, invite.id());
    return mailbox.put(
        tx,
        PayerMailbox.Kind.INVITE,
        invite.id(),
        mandate.payer().id(),
        parties ->
            PayerMail.inviteMail(
                parties, mandate.reference().text(), issued.url(), invite.expiresAt()));
  }
}
