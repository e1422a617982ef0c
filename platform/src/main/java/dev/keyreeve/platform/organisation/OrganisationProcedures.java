package dev.keyreeve.platform.organisation;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Procedure.mutation;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.util.List;

/// Organisations, for operators.
public final class OrganisationProcedures {
  private static final Reason PLAN_HAS_ITS_LIMIT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "plan_has_its_limit",
          "Only an enterprise plan has a number of calls of its own.");

  private final Organisations organisations;

  public OrganisationProcedures(Organisations organisations) {
    this.organisations = organisations;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("organisations.create", signedIn(Role.OWNER), post("/organisations"))
            .about("Creates an organisation with its first workspace.")
            .takes(CreateOrganisation.class)
            .gives(OrganisationView.class)
            .refuses(PLAN_HAS_ITS_LIMIT)
            .by(this::create),
        query("organisations.list", signedIn(Role.VIEWER), get("/organisations"))
            .about("Lists all organisations, oldest first.")
            .takes(Nothing.class)
            .gives(OrganisationList.class)
            .by(_ -> Outcome.done(new OrganisationList(organisations.list()))));
  }

  record Nothing() {}

  record OrganisationList(List<OrganisationView> items) {}

  private Outcome<OrganisationView> create(Call<CreateOrganisation, OrganisationView> call) {
    var input = call.input();
    var plan = input.plan() == null ? Plan.STANDARD : input.plan();
    if (input.callsPerMinute() != null && plan != Plan.ENTERPRISE) {
      return Outcome.refused(PLAN_HAS_ITS_LIMIT);
    }
    return organisations.create(
        input.name(),
        plan,
        input.callsPerMinute() == null ? plan.callsPerMinute() : input.callsPerMinute(),
        input.environment() == null ? Environment.LIVE : input.environment(),
        Actor.of(call.caller()),
        call.at());
  }
}
