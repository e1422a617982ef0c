package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.access.decision.Requirement.possession;
import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_ACCOUNT_HOLDER_NAME;
import static dev.keyreeve.directdebit.mandate.Refusals.INVITE_EXPIRED;
import static dev.keyreeve.directdebit.mandate.Refusals.MODULUS_FAILED;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.MandateState.Invited;
import dev.keyreeve.directdebit.mandate.invite.Guarantee;
import dev.keyreeve.directdebit.mandate.invite.Invite;
import dev.keyreeve.directdebit.mandate.invite.InviteStatus;
import dev.keyreeve.directdebit.mandate.invite.InviteToken;
import dev.keyreeve.directdebit.mandate.invite.Invites;
import dev.keyreeve.directdebit.mandate.invite.RedirectUrl;
import dev.keyreeve.directdebit.mandate.mail.PayerMail;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What payers can do with the link that an agent sent them. The token in it is the authority; it
/// also tells the workspace.
///
/// A token that was used, taken back, put out of date or made up gets one and the same answer.
public final class PayerProcedures {
  private static final Shape<InviteEvidence> EVIDENCE = Shapes.of(InviteEvidence.class);

  private final Tenancy tenancy;
  private final BankAccounts accounts;
  private final Invites invites;
  private final MandateMoves moves;
  private final PayerMailbox mailbox;

  public PayerProcedures(
      Tenancy tenancy,
      BankAccounts accounts,
      Invites invites,
      Debits debits,
      PayerMailbox mailbox,
      RandomGenerator random) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.invites = invites;
    this.mailbox = mailbox;
    this.moves = new MandateMoves(debits, random);
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        // Mutations both: a token must stand in no URL.
        mutation("invites.view", possession("invite token"), post("/invites/view"))
            .about("Shows what a payer is asked for.")
            .takes(ViewInvite.class)
            .gives(InviteView.class)
            .refuses(INVITE_EXPIRED)
            .by(this::view),
        mutation("invites.submit", possession("invite token"), post("/invites/submit"))
            .about("Gives a payer's bank details and authority. A link works once.")
            .takes(SubmitInvite.class)
            .gives(SubmittedInvite.class)
            .refuses(INVITE_EXPIRED, MODULUS_FAILED, INVALID_ACCOUNT_HOLDER_NAME)
            .by(this::submit));
  }

  record ViewInvite(InviteToken token) {}

  /// @param agent who wants to collect
  record InviteView(
      String agent,
      String payerName,
      MandateReference reference,
      Instant expiresAt,
      Guarantee guarantee) {}

  /// @param confirmed that the payer has seen the details once more, and is the account's holder
  record SubmitInvite(
      InviteToken token,
      SortCode sortCode,
      AccountNumber accountNumber,
      @Text(max = BankDetails.MAX_NAME_LENGTH, plain = true) String accountHolderName,
      boolean confirmed) {
    SubmitInvite {
      if (!confirmed) throw new IllegalArgumentException("The payer has to confirm the details.");
      accountHolderName =
          new BankDetails(sortCode, accountNumber, accountHolderName).accountHolderName();
    }

    BankDetails details() {
      return new BankDetails(sortCode, accountNumber, accountHolderName);
    }
  }

  /// @param redirectUrl where the agent wants the payer to go on to
  record SubmittedInvite(
      String agent, MandateReference reference, @Nullable RedirectUrl redirectUrl) {}

  /// An invite whose payer may go on.
  private record Opened(String agent, Invite invite, Mandate mandate, Invited state) {}

  private Outcome<InviteView> view(Call<ViewInvite, InviteView> call) {
    return open(call.input().token(), call.caller().actor(), call.at(), PayerProcedures::view);
  }

  private Outcome<SubmittedInvite> submit(Call<SubmitInvite, SubmittedInvite> call) {
    var caller = call.caller();
    return submit(call.input(), caller.actor(), caller.userAgent(), call.at());
  }

  /// @param by the payer, and from where they call
  /// @param userAgent what their browser says that it is, if it does
  Outcome<SubmittedInvite> submit(
      SubmitInvite input, Actor by, @Nullable String userAgent, Instant at) {
    return open(
        input.token(), by, at, (tx, opened) -> submit(tx, opened, input.details(), userAgent));
  }

  private <T> Outcome<T> open(
      InviteToken token, Actor by, Instant now, BiFunction<Tx, Opened, Outcome<T>> work) {
    return invites
        .find(token)
        .map(there -> tenancy.write(there.workspace(), by, now, tx -> open(tx, there, work)))
        .orElseGet(() -> Outcome.refused(INVITE_EXPIRED));
  }

  private static <T> Outcome<T> open(
      Tx tx, Invites.Destination there, BiFunction<Tx, Opened, Outcome<T>> work) {
    var mandate = MandateRows.lock(tx, new MandateId(there.mandateId())).orElseThrow();
    var invite = Invites.get(tx, there.inviteId());
    if (!(mandate.state() instanceof Invited state) || !invite.isOpenAt(tx.now())) {
      return Outcome.refused(INVITE_EXPIRED);
    }
    return work.apply(tx, new Opened(there.agent(), invite, mandate, state));
  }

  private static Outcome<InviteView> view(Tx tx, Opened opened) {
    var mandate = opened.mandate();
    if (Invites.view(tx, opened.invite().id())) {
      MandateEvents.tell(tx, MandateEvent.INVITE_VIEWED, mandate, Source.PAYER);
    }
    return Outcome.done(
        new InviteView(
            opened.agent(),
            mandate.payer().name(),
            mandate.reference(),
            opened.invite().expiresAt(),
            Guarantee.of(opened.agent(), Collector.of(tx).noticeDays())));
  }

  private Outcome<SubmittedInvite> submit(
      Tx tx, Opened opened, BankDetails details, @Nullable String userAgent) {
    return Lodgeable.of(accounts, details)
        .then(lodgeable -> authorised(tx, opened, lodgeable, userAgent));
  }

  private Outcome<SubmittedInvite> authorised(
      Tx tx, Opened opened, BankDetails details, @Nullable String userAgent) {
    var mandate = opened.mandate();
    var evidence =
        new InviteEvidence(
            opened.invite().id(),
            tx.now(),
            tx.by().address().toString(),
            userAgent,
            Guarantee.VERSION,
            Collector.of(tx).noticeDays());
    moves.keepEvidence(tx, mandate.id(), EVIDENCE.stored(evidence));
    Invites.end(tx, mandate.id().text(), InviteStatus.COMPLETED);
    MandateRows.useAccount(tx, mandate.id(), accounts.insert(tx, mandate.payer().id(), details));
    var move = opened.state().complete(tx.now());
    moves.move(tx, mandate, move, Source.PAYER);
    if (move.effects().contains(Effect.CONFIRM_SETUP)
        && Invites.isMailed(tx, opened.invite().id())) {
      confirm(tx, mandate);
    }
    return Outcome.done(
        new SubmittedInvite(opened.agent(), mandate.reference(), opened.invite().redirectUrl()));
  }

  /// A payer whose address was taken away meanwhile gets no mail, and can go on all the same.
  private void confirm(Tx tx, Mandate mandate) {
    var _ =
        mailbox.put(
            tx,
            PayerMailbox.Kind.CONFIRMATION,
            mandate.id().text(),
            mandate.payer().id(),
            parties ->
                PayerMail.confirmation(
                    parties, mandate.reference().text(), Collector.of(tx).noticeDays()));
  }
}
