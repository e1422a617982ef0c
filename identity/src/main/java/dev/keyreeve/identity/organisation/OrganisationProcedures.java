package dev.keyreeve.identity.organisation;

import static dev.keyreeve.access.decision.Requirement.commandLine;
import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.platform.tenancy.Reached.ORGANISATION_NOT_FOUND;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Organisations, for operators. A session knows of its own alone. What an organisation pays for,
/// and whether it is suspended, is for the command line: nobody grants themselves a larger plan.
public final class OrganisationProcedures {
  static final Declared<CreateOrganisation, OrganisationView> ORGANISATIONS_CREATE =
      mutation("organisations.create", commandLine(), post("/organisations"))
          .about("Creates an organisation with its first workspace.")
          .takes(CreateOrganisation.class)
          .gives(OrganisationView.class);

  public static final Declared<Nothing, OrganisationList> ORGANISATIONS_LIST =
      query("organisations.list", signedIn(Role.VIEWER), get("/organisations"))
          .about("Lists the caller's organisation; for the command line all, oldest first.")
          .takes(Nothing.class)
          .gives(OrganisationList.class);

  static final Declared<OneOrganisation, OrganisationView> ORGANISATIONS_GET =
      query("organisations.get", signedIn(Role.VIEWER), get("/organisations/{id}"))
          .about("Shows an organisation.")
          .takes(OneOrganisation.class)
          .gives(OrganisationView.class)
          .refuses(ORGANISATION_NOT_FOUND);

  static final Declared<UpdateOrganisation, ChangedOrganisation> ORGANISATIONS_UPDATE =
      mutation("organisations.update", signedIn(Role.ADMIN), put("/organisations/{id}"))
          .about("Changes an organisation; what is absent stays.")
          .takes(UpdateOrganisation.class)
          .gives(ChangedOrganisation.class)
          .refuses(ORGANISATION_NOT_FOUND, IpAllowList.BAD_RANGE);

  static final Declared<ChangePlan, ChangedOrganisation> ORGANISATIONS_CHANGE_PLAN =
      mutation("organisations.changePlan", commandLine(), put("/organisations/{id}/plan"))
          .about("Changes what an organisation pays for; what is absent stays. Counters go on.")
          .takes(ChangePlan.class)
          .gives(ChangedOrganisation.class)
          .refuses(ORGANISATION_NOT_FOUND);

  static final Declared<Suspension, ChangedOrganisation> ORGANISATIONS_SUSPEND =
      mutation("organisations.suspend", commandLine(), post("/organisations/{id}/suspend"))
          .about("Refuses all calls of an organisation until it is resumed.")
          .takes(Suspension.class)
          .gives(ChangedOrganisation.class)
          .refuses(ORGANISATION_NOT_FOUND);

  static final Declared<OneOrganisation, ChangedOrganisation> ORGANISATIONS_RESUME =
      mutation("organisations.resume", commandLine(), post("/organisations/{id}/resume"))
          .about("Lets a suspended organisation call again.")
          .takes(OneOrganisation.class)
          .gives(ChangedOrganisation.class)
          .refuses(ORGANISATION_NOT_FOUND);

  private final Organisations organisations;

  public OrganisationProcedures(Organisations organisations) {
    this.organisations = organisations;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        ORGANISATIONS_CREATE.by(this::create),
        ORGANISATIONS_LIST.by(this::list),
        ORGANISATIONS_GET.by(this::show),
        ORGANISATIONS_UPDATE.by(this::update),
        ORGANISATIONS_CHANGE_PLAN.by(
            call -> organisations.change(call.input(), call.caller().actor(), call.at())),
        ORGANISATIONS_SUSPEND.by(this::suspend),
        ORGANISATIONS_RESUME.by(this::resume));
  }

  record Nothing() {}

  record OneOrganisation(@Text(max = 40) String id) {}

  /// @param reason for the record
  @SnakeCase
  record Suspension(
      @Text(max = 40) String id, @Nullable @Text(max = 200, plain = true) String reason) {}

  @SnakeCase
  record OrganisationList(List<OrganisationView> items) {}

  private Outcome<OrganisationView> create(Call<CreateOrganisation, OrganisationView> call) {
    var input = call.input();
    var plan = input.plan() == null ? Plan.STANDARD : input.plan();
    return organisations.create(
        input.name(),
        plan,
        input.callsPerMinute() == null ? plan.callsPerMinute() : input.callsPerMinute(),
        input.environment() == null ? Environment.LIVE : input.environment(),
        call.caller().actor(),
        call.at());
  }

  private Outcome<OrganisationList> list(Call<Nothing, OrganisationList> call) {
    var known =
        switch (call.caller().reach()) {
          case Reach.Nowhere _ -> List.<OrganisationView>of();
          case Reach.OneWorkspace(var own, _) -> organisations.find(own).stream().toList();
          case Reach.Everywhere _ -> organisations.list();
        };
    return Outcome.done(new OrganisationList(known));
  }

  private Outcome<OrganisationView> show(Call<OneOrganisation, OrganisationView> call) {
    return Reached.organisation(call.caller(), call.input().id())
        .then(
            id ->
                organisations
                    .find(id)
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused(ORGANISATION_NOT_FOUND)));
  }

  private Outcome<ChangedOrganisation> update(Call<UpdateOrganisation, ChangedOrganisation> call) {
    var input = call.input();
    return Reached.organisation(call.caller(), input.id())
        .then(_ -> organisations.update(input, call.caller().actor(), call.at()));
  }

  private Outcome<ChangedOrganisation> suspend(Call<Suspension, ChangedOrganisation> call) {
    var input = call.input();
    return organisations.suspend(input.id(), input.reason(), call.caller().actor(), call.at());
  }

  private Outcome<ChangedOrganisation> resume(Call<OneOrganisation, ChangedOrganisation> call) {
    return organisations.resume(call.input().id(), call.caller().actor(), call.at());
  }
}
