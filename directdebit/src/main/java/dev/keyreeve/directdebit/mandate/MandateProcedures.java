package dev.keyreeve.directdebit.mandate;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.directdebit.mandate.Refusals.DUPLICATE_REFERENCE;
import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_CURSOR;
import static dev.keyreeve.directdebit.mandate.Refusals.INVALID_STATE;
import static dev.keyreeve.directdebit.mandate.Refusals.MANDATE_NOT_FOUND;
import static dev.keyreeve.directdebit.mandate.Refusals.MODULUS_FAILED;
import static dev.keyreeve.directdebit.mandate.Refusals.NOT_REACTIVATABLE;
import static dev.keyreeve.directdebit.mandate.Refusals.VERSION_MISMATCH;
import static dev.keyreeve.procedure.Procedure.mutation;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.directdebit.bankaccount.BankAccounts;
import dev.keyreeve.directdebit.bankaccount.ModulusResult;
import dev.keyreeve.directdebit.payer.Payers;
import dev.keyreeve.platform.event.Origin;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Shape;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What callers can do with mandates.
public final class MandateProcedures {
  public static final Scope MANDATES_READ = new Scope("mandates:read");
  public static final Scope MANDATES_WRITE = new Scope("mandates:write");

  private static final Shape<CreateMandate.Evidence> EVIDENCE =
      Shape.of(CreateMandate.Evidence.class);
  private static final int DEFAULT_PAGE = 50;
  private static final Reason.Given NO_REASON_GIVEN = new Reason.Given("Cancelled by the agent.");

  private final Tenancy tenancy;
  private final BankAccounts accounts;
  private final Payers payers = new Payers();
  private final SecureRandom random = new SecureRandom();

  public MandateProcedures(Tenancy tenancy, BankAccounts accounts) {
    this.tenancy = tenancy;
    this.accounts = accounts;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("mandates.list", holds(MANDATES_READ), get("/mandates"))
            .about("Lists mandates, newest first.")
            .takes(MandateFilter.class)
            .gives(Page.of(Shape.of(MandateView.class)))
            .refuses(INVALID_CURSOR)
            .by(tenancy.reads(this::list)),
        query("mandates.get", holds(MANDATES_READ), get("/mandates/{id}"))
            .about("Shows a mandate.")
            .takes(OneMandate.class)
            .gives(MandateView.class)
            .refuses(MANDATE_NOT_FOUND)
            .by(tenancy.reads(this::find)),
        mutation("mandates.create", holds(MANDATES_WRITE), post("/mandates"))
            .about("Creates a mandate that the payer has agreed to elsewhere.")
            .takes(CreateMandate.class)
            .gives(MandateChange.class)
            .refuses(MODULUS_FAILED, DUPLICATE_REFERENCE)
            .by(tenancy.writes(this::create)),
        mutation("mandates.cancel", holds(MANDATES_WRITE), post("/mandates/{id}/cancel"))
            .about("Ends a mandate. One that is cancelled already stays as it is.")
            .takes(CancelMandate.class)
            .gives(MandateChange.class)
            .refuses(MANDATE_NOT_FOUND, INVALID_STATE, NOT_REACTIVATABLE, VERSION_MISMATCH)
            .by(tenancy.writes(this::cancel)));
  }

  record OneMandate(MandateId id) {}

  private Outcome<Page<MandateView>> list(Tx tx, MandateFilter filter) {
    MandateId before;
    try {
      before = filter.cursor() == null ? null : MandateId.parse(filter.cursor());
    } catch (IllegalArgumentException notACursor) {
      return Outcome.refused(INVALID_CURSOR);
    }
    int limit = filter.limit() == null ? DEFAULT_PAGE : filter.limit();
    var found = Mandates.list(tx, filter, before, limit + 1);
    return Outcome.done(
        Page.of(found.stream().map(Mandate::view).toList(), limit, mandate -> mandate.id().text()));
  }

  private Outcome<MandateView> find(Tx tx, OneMandate input) {
    return Mandates.find(tx, input.id())
        .map(mandate -> Outcome.done(mandate.view()))
        .orElseGet(() -> Outcome.refused(MANDATE_NOT_FOUND));
  }

  private Outcome<MandateChange> create(Tx tx, CreateMandate input) {
    var details = input.bankDetails().details();
    if (accounts.check(details.sortCode(), details.accountNumber()) == ModulusResult.FAIL) {
      return Outcome.refused(MODULUS_FAILED);
    }
    var payerId = payers.put(tx, input.payer());
    var accountId = accounts.insert(tx, payerId, details);
    var begun = MandateState.create(tx.now());
    var id = MandateId.generate(tx.now(), random);
    boolean added =
        Mandates.insert(
            tx,
            new Mandates.New(
                id,
                Objects.requireNonNullElseGet(
                    input.reference(), () -> MandateReference.random(random)),
                begun.state(),
                payerId,
                accountId,
                EVIDENCE.stored(input.evidence()),
                Objects.requireNonNullElse(input.metadata(), Map.of())));
    if (!added) return Outcome.refused(DUPLICATE_REFERENCE);

    var mandate = Mandates.find(tx, id).orElseThrow();
    Mandates.tell(tx, begun.event(), mandate, Origin.AGENT);
    return Outcome.done(new MandateChange(mandate.view(), true, false));
  }

  private Outcome<MandateChange> cancel(Tx tx, CancelMandate input) {
    var reason = Objects.requireNonNullElse(input.reason(), NO_REASON_GIVEN);
    return move(tx, input.id(), input.ifVersion(), new MandateRequest.Cancel(reason));
  }

  private static Outcome<MandateChange> move(
      Tx tx, MandateId id, @Nullable Integer ifVersion, MandateRequest request) {
    var found = Mandates.lock(tx, id);
    if (found.isEmpty()) return Outcome.refused(MANDATE_NOT_FOUND);

    var mandate = found.get();
    if (ifVersion != null && ifVersion != mandate.version()) {
      return Outcome.refused(VERSION_MISMATCH, Map.of("version", mandate.version()));
    }
    return switch (mandate.state().answer(request, tx.now())) {
      case Move.Moved moved ->
          Outcome.done(
              new MandateChange(Mandates.move(tx, id, moved, Origin.AGENT).view(), true, false));
      case Move.Unchanged _ -> Outcome.done(new MandateChange(mandate.view(), false, false));
      case Move.Illegal(var state) ->
          Outcome.refused(
              INVALID_STATE,
              Map.of(
                  "status",
                  state.status().word(),
                  "allowedActions",
                  state.allowedActions().stream().map(MandateAction::word).toList()));
      case Move.NotReactivatable(_, var obstacle) ->
          Outcome.refused(NOT_REACTIVATABLE, Map.of("obstacle", obstacle.word()));
    };
  }
}
