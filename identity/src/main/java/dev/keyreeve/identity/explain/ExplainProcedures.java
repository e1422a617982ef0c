package dev.keyreeve.identity.explain;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.identity.key.KeyRefusals;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.time.Instant;
import java.util.List;

/// Explanations, for operators. A person asks about the keys and requests of their own workspace;
/// the command line about all.
public final class ExplainProcedures {
  private static final Reason NO_SUCH_REQUEST =
      new Reason(Code.NOT_FOUND, "request_not_found", "No such request is remembered.");
  private static final Reason NO_SUCH_PROCEDURE =
      new Reason(Code.NOT_FOUND, "procedure_not_found", "There is no procedure of this name.");

  static final Declared<ExplainCall, Explained> DECISIONS_EXPLAIN =
      mutation("decisions.explain", signedIn(Role.VIEWER), post("/decisions/explain"))
          .about(
              "Tells rule by rule why a request was decided as it was, or how a key's call would"
                  + " be. Spends nothing of any limit of the key.")
          .takes(ExplainCall.class)
          .gives(Explained.class)
          .refuses(NO_SUCH_REQUEST, KeyRefusals.NO_SUCH_KEY, NO_SUCH_PROCEDURE);

  private final Explainer explainer;
  private final SeenRequests requests;

  public ExplainProcedures(Explainer explainer, SeenRequests requests) {
    this.explainer = explainer;
    this.requests = requests;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(DECISIONS_EXPLAIN.by(this::explain));
  }

  private Outcome<Explained> explain(Call<ExplainCall, Explained> call) {
    var input = call.input();
    var key = input.keyId();
    var procedure = input.procedure();
    if (input.requestId() != null) return ofRequest(call.caller(), input.requestId(), call.at());
    if (key == null || procedure == null) {
      throw new IllegalStateException("an input that names nothing was let through");
    }
    return ofKey(
        call.caller(),
        key,
        procedure,
        input.address() == null ? Address.UNKNOWN : input.address(),
        input.at() == null ? call.at() : input.at());
  }

  private Outcome<Explained> ofKey(
      Caller caller, KeyId key, String procedure, Address client, Instant at) {
    if (!explainer.isThere(key, new Within(caller.reach()))) {
      return Outcome.refused(KeyRefusals.NO_SUCH_KEY);
    }
    if (!explainer.knows(procedure)) return Outcome.refused(NO_SUCH_PROCEDURE);

    var decided = explainer.decide(key, procedure, client, at);
    return Outcome.done(new Explained(List.of(new Explained.Item(null, decided))));
  }

  private Outcome<Explained> ofRequest(Caller caller, String requestId, Instant now) {
    var seen = requests.find(requestId).stream().filter(each -> mayKnow(caller, each)).toList();
    if (seen.isEmpty()) return Outcome.refused(NO_SUCH_REQUEST);

    return Outcome.done(
        new Explained(
            seen.stream()
                .map(
                    each ->
                        new Explained.Item(
                            Explained.Recorded.of(each), explainer.decideAgain(each, now)))
                .toList()));
  }

  private static boolean mayKnow(Caller caller, SeenCall seen) {
    return switch (caller.reach()) {
      case Reach.Nowhere _ -> false;
      case Reach.OneWorkspace(_, var own) -> own.equals(seen.workspace());
      case Reach.Everywhere _ -> true;
    };
  }
}
