package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.mandate.MandateScopes.MANDATES_WRITE;
import static dev.keyreeve.directdebit.mandate.Refusals.AMOUNT_OVER_LIMIT;
import static dev.keyreeve.directdebit.mandate.Refusals.DATE_NOT_TO_COME;
import static dev.keyreeve.directdebit.mandate.Refusals.DATE_TOO_FAR;
import static dev.keyreeve.directdebit.mandate.Refusals.DUPLICATE_REFERENCE;
import static dev.keyreeve.directdebit.mandate.Refusals.INSTRUCTION_UNDER_WAY;
import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_ACCOUNT_HOLDER_NAME;
import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_STATE;
import static dev.keyreeve.directdebit.mandate.Refusals.MANDATE_NOT_FOUND;
import static dev.keyreeve.directdebit.mandate.Refusals.MODULUS_FAILED;
import static dev.keyreeve.directdebit.mandate.Refusals.NOTICE_TOO_SHORT;
import static dev.keyreeve.directdebit.mandate.Refusals.NOT_REACTIVATABLE;
import static dev.keyreeve.directdebit.mandate.Refusals.VERSION_MISMATCH;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.patch;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.mandate.instruction.InstructionKind;
import dev.keyreeve.directdebit.mandate.instruction.Instructions;
import dev.keyreeve.directdebit.mandate.payer.PayerRows;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Bulk;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// What callers can do to mandates.
final class MandateMutations {
  private static final Shape<Evidence> EVIDENCE = Shapes.of(Evidence.class);
  private static final Reason.Given NO_REASON_GIVEN = new Reason.Given("Cancelled by the agent.");

  private final Tenancy tenancy;
  private final BankAccounts accounts;
  private final Debits debits;
  private final MandateMoves moves;
  private final PayerRows payers;
  private final RandomGenerator random;

  MandateMutations(Tenancy tenancy, BankAccounts accounts, Debits debits, RandomGenerator random) {
    this.random = random;
    this.payers = new PayerRows(random);
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.debits = debits;
    this.moves = new MandateMoves(debits, random);
  }

  List<Procedure<?, ?>> procedures() {
    var cancel =
        mutation("mandates.cancel", holds(MANDATES_WRITE), post("/mandates/{id}/cancel"))
            .about("Ends a mandate. One that is cancelled already stays as it is.")
            .takes(CancelMandate.class)
            .gives(CollectingChange.class)
            .refuses(MANDATE_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH)
            .by(tenancy.writes(this::cancel));
    var suspend =
        mutation("mandates.suspend", holds(MANDATES_WRITE), post("/mandates/{id}/suspend"))
            .about("Pauses an active mandate. The payer's bank is not told.")
            .takes(SuspendMandate.class)
            .gives(CollectingChange.class)
            .refuses(MANDATE_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH, DATE_NOT_TO_COME)
            .by(tenancy.writes(this::suspend));
    var reactivate =
        mutation("mandates.reactivate", holds(MANDATES_WRITE), post("/mandates/{id}/reactivate"))
            .about("Ends a suspension, or has an ended mandate lodged again.")
            .takes(ReactivateMandate.class)
            .gives(CollectingChange.class)
            .refuses(MANDATE_NOT_FOUND, INVALID_STATE, VERSION_MISMATCH, NOT_REACTIVATABLE)
            .by(tenancy.writes(this::reactivate));
    return List.of(
        mutation("mandates.create", holds(MANDATES_WRITE), post("/mandates"))
            .about("Creates a mandate that the payer has agreed to elsewhere.")
            .takes(CreateMandate.class)
            .gives(MandateChange.class)
            .refuses(
                MODULUS_FAILED, INVALID_ACCOUNT_HOLDER_NAME, DUPLICATE_REFERENCE, AMOUNT_OVER_LIMIT)
            .by(tenancy.writes(this::create)),
        mutation("mandates.update", holds(MANDATES_WRITE), patch("/mandates/{id}"))
            .about("Changes the payer's contact, the schedule and the metadata of a mandate.")
            .takes(UpdateMandate.class)
            .gives(UpdatedMandate.class)
            .refuses(
                MANDATE_NOT_FOUND,
                VERSION_MISMATCH,
                INVALID_STATE,
                AMOUNT_OVER_LIMIT,
                NOTICE_TOO_SHORT,
                DATE_TOO_FAR)
            .by(tenancy.writes(this::update)),
        mutation(
                "mandates.changeBankAccount",
                holds(MANDATES_WRITE),
                post("/mandates/{id}/change-bank-account"))
            .about(
                "Collects from another account of the payer, who has agreed to it, once its bank"
                    + " has the instruction.")
            .takes(ChangeBankAccount.class)
            .gives(CollectingChange.class)
            .refuses(
                MANDATE_NOT_FOUND,
                INVALID_STATE,
                VERSION_MISMATCH,
                INSTRUCTION_UNDER_WAY,
                MODULUS_FAILED,
                INVALID_ACCOUNT_HOLDER_NAME)
            .by(tenancy.writes(this::changeBankAccount)),
        cancel,
        suspend,
        reactivate,
        Bulk.of(cancel, "mandates.bulkCancel", post("/mandates/bulk-cancel")),
        Bulk.of(suspend, "mandates.bulkSuspend", post("/mandates/bulk-suspend")),
        Bulk.of(reactivate, "mandates.bulkReactivate", post("/mandates/bulk-reactivate")));
  }

  Outcome<MandateChange> create(Tx tx, CreateMandate input) {
    return Lodgeable.of(accounts, input.bankDetails()).then(details -> create(tx, input, details));
  }

  private Outcome<MandateChange> create(Tx tx, CreateMandate input, BankDetails details) {
    var payerId = payers.put(tx, input.payer());
    var begun = MandateState.create(tx.now());
    var id = MandateId.generate(tx.now(), random);
    boolean added =
        MandateRows.insert(
            tx,
            new MandateRows.New(
                id,
                MandateReference.orRandom(input.reference(), random),
                begun.state(),
                payerId,
                accounts.insert(tx, payerId, details),
                Objects.requireNonNullElse(input.metadata(), Map.of())));
    if (!added) return Outcome.refused(DUPLICATE_REFERENCE);

    moves.keepEvidence(tx, id, EVIDENCE.stored(input.evidence()));
    var mandate = moves.begin(tx, id, begun);
    var created = Outcome.done(MandateChange.to(mandate));
    var schedule = input.schedule();
    return schedule == null
        ? created
        : debits.plan(tx, id, schedule, Source.by(tx.by())).then(_ -> created);
  }

  private Outcome<UpdatedMandate> update(Tx tx, UpdateMandate input) {
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(
            mandate ->
                replanned(tx, mandate, input)
                    .then(notices -> Outcome.done(update(tx, mandate, input, notices))));
  }

  private Outcome<List<NoticeView>> replanned(Tx tx, Mandate mandate, UpdateMandate input) {
    var schedule = input.schedule();
    if (schedule == null) return Outcome.done(List.of());
    if (mandate.state() instanceof MandateState.Ended) {
      return Outcome.refused(INVALID_STATE, MandateMoves.whatIsAllowed(mandate.state()));
    }
    return debits.replan(tx, mandate.id(), schedule, input.effectiveFrom(), Source.by(tx.by()));
  }

  private UpdatedMandate update(
      Tx tx, Mandate mandate, UpdateMandate input, List<NoticeView> notices) {
    var contact = Objects.requireNonNullElse(input.contact(), mandate.payer().contact());
    var metadata = Objects.requireNonNullElse(input.metadata(), mandate.metadata());
    if (input.schedule() == null
        && contact.equals(mandate.payer().contact())
        && metadata.equals(mandate.metadata())) {
      return new UpdatedMandate(mandate.view(), false, notices, false);
    }
    payers.describe(tx, mandate.payer().id(), contact);
    var updated = MandateRows.update(tx, mandate.id(), metadata);
    MandateEvents.tell(tx, MandateEvent.UPDATED, updated, Source.by(tx.by()));
    return new UpdatedMandate(updated.view(), true, notices, false);
  }

  Outcome<CollectingChange> cancel(Tx tx, CancelMandate input) {
    var reason = Objects.requireNonNullElse(input.reason(), NO_REASON_GIVEN);
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(mandate -> answer(tx, mandate, new MandateRequest.Cancel(reason)));
  }

  Outcome<CollectingChange> suspend(Tx tx, SuspendMandate input) {
    var until = input.until();
    if (until != null && !until.isAfter(London.dateOf(tx.now()))) {
      return Outcome.refused(DATE_NOT_TO_COME);
    }
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(mandate -> answer(tx, mandate, new MandateRequest.Suspend(input.reason(), until)));
  }

  private Outcome<CollectingChange> reactivate(Tx tx, ReactivateMandate input) {
    var consent = input.payerConsent();
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(
            mandate -> {
              if (consent != null) {
                moves.keepEvidence(tx, mandate.id(), EVIDENCE.stored(consent));
              }
              boolean isFresh =
                  consent != null && consent.isGivenBetween(mandate.state().since(), tx.now());
              return answer(tx, mandate, new MandateRequest.Reactivate(isFresh));
            });
  }

  private Outcome<CollectingChange> changeBankAccount(Tx tx, ChangeBankAccount input) {
    return MandateRows.lock(tx, input.id(), input.ifVersion())
        .then(
            mandate ->
                Lodgeable.of(accounts, input.bankDetails())
                    .then(details -> changed(tx, mandate, details, input.evidence())));
  }

  private Outcome<CollectingChange> changed(
      Tx tx, Mandate mandate, BankDetails details, Evidence evidence) {
    var id = mandate.id();
    if (Instructions.isUnderWay(tx, id.text(), InstructionKind.LODGE)) {
      return Outcome.refused(INSTRUCTION_UNDER_WAY);
    }
    moves.keepEvidence(tx, id, EVIDENCE.stored(evidence));
    var account = accounts.insert(tx, mandate.payer().id(), details);
    return moves
        .answer(tx, mandate, new MandateRequest.ChangeBankAccount(), account)
        .then(answered -> Outcome.done(answered.collectingChange()));
  }

  private Outcome<CollectingChange> answer(Tx tx, Mandate mandate, MandateRequest request) {
    return moves
        .answer(tx, mandate, request)
        .then(answered -> Outcome.done(answered.collectingChange()));
  }
}
