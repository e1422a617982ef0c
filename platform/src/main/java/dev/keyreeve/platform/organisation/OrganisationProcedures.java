package dev.keyreeve.platform.organisation;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.platform.organisation.Organisations.NO_SUCH_ORGANISATION;
import static dev.keyreeve.procedure.Procedure.mutation;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Anyone;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Operator;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Organisations, for operators. A session knows of its own alone. What an organisation pays for,
/// and whether it is suspended, is for the command line: nobody grants themselves a larger plan.
public final class OrganisationProcedures {
  private static final Reason OPERATOR_ONLY =
      new Reason(
          Code.FORBIDDEN,
          "operator_only",
          "Only the command line of whoever runs this server may do this.");

  private final Organisations organisations;

  public OrganisationProcedures(Organisations organisations) {
    this.organisations = organisations;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("organisations.create", signedIn(Role.OWNER), post("/organisations"))
            .about("Creates an organisation with its first workspace. For the command line.")
            .takes(CreateOrganisation.class)
            .gives(OrganisationView.class)
            .refuses(OPERATOR_ONLY)
            .by(this::create),
        query("organisations.list", signedIn(Role.VIEWER), get("/organisations"))
            .about("Lists the caller's organisation; for the command line all, oldest first.")
            .takes(Nothing.class)
            .gives(OrganisationList.class)
            .by(this::list),
        query("organisations.get", signedIn(Role.VIEWER), get("/organisations/{id}"))
            .about("Shows an organisation.")
            .takes(OneOrganisation.class)
            .gives(OrganisationView.class)
            .refuses(NO_SUCH_ORGANISATION)
            .by(this::show),
        mutation("organisations.update", signedIn(Role.ADMIN), put("/organisations/{id}"))
            .about("Changes an organisation; what is absent stays. Counters go on.")
            .takes(UpdateOrganisation.class)
            .gives(ChangedOrganisation.class)
            .refuses(NO_SUCH_ORGANISATION, OPERATOR_ONLY, IpAllowList.BAD_RANGE)
            .by(this::update),
        mutation("organisations.suspend", signedIn(Role.OWNER), post("/organisations/{id}/suspend"))
            .about(
                "Refuses all calls of an organisation until it is resumed. For the command line.")
            .takes(Suspension.class)
            .gives(ChangedOrganisation.class)
            .refuses(NO_SUCH_ORGANISATION, OPERATOR_ONLY)
            .by(this::suspend),
        mutation("organisations.resume", signedIn(Role.OWNER), post("/organisations/{id}/resume"))
            .about("Lets a suspended organisation call again. For the command line.")
            .takes(OneOrganisation.class)
            .gives(ChangedOrganisation.class)
            .refuses(NO_SUCH_ORGANISATION, OPERATOR_ONLY)
            .by(this::resume));
  }

  record Nothing() {}

  record OneOrganisation(@Text(max = 40) String id) {}

  /// @param reason for the record
  @SnakeCase
  record Suspension(@Text(max = 40) String id, @Nullable @Text(max = 200) String reason) {}

  @SnakeCase
  record OrganisationList(List<OrganisationView> items) {}

  private Outcome<OrganisationView> create(Call<CreateOrganisation, OrganisationView> call) {
    if (!isOperator(call.caller())) return Outcome.refused(OPERATOR_ONLY);

    var input = call.input();
    var plan = input.plan() == null ? Plan.STANDARD : input.plan();
    return organisations.create(
        input.name(),
        plan,
        input.callsPerMinute() == null ? plan.callsPerMinute() : input.callsPerMinute(),
        input.environment() == null ? Environment.LIVE : input.environment(),
        Actor.of(call.caller()),
        call.at());
  }

  private Outcome<OrganisationList> list(Call<Nothing, OrganisationList> call) {
    var known =
        ownOf(call.caller())
            .map(own -> organisations.find(own).stream().toList())
            .orElseGet(organisations::list);
    return Outcome.done(new OrganisationList(known));
  }

  private Outcome<OrganisationView> show(Call<OneOrganisation, OrganisationView> call) {
    return reaching(
        call.caller(),
        call.input().id(),
        () ->
            organisations
                .find(call.input().id())
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(NO_SUCH_ORGANISATION)));
  }

  private Outcome<ChangedOrganisation> update(Call<UpdateOrganisation, ChangedOrganisation> call) {
    var input = call.input();
    return reaching(
        call.caller(),
        input.id(),
        () ->
            input.changesLimit() && !isOperator(call.caller())
                ? Outcome.refused(OPERATOR_ONLY)
                : organisations.update(input, Actor.of(call.caller()), call.at()));
  }

  private Outcome<ChangedOrganisation> suspend(Call<Suspension, ChangedOrganisation> call) {
    var input = call.input();
    return byOperator(
        call.caller(),
        input.id(),
        () ->
            organisations.suspend(input.id(), input.reason(), Actor.of(call.caller()), call.at()));
  }

  private Outcome<ChangedOrganisation> resume(Call<OneOrganisation, ChangedOrganisation> call) {
    return byOperator(
        call.caller(),
        call.input().id(),
        () -> organisations.resume(call.input().id(), Actor.of(call.caller()), call.at()));
  }

  private static <T> Outcome<T> byOperator(
      Caller caller, String organisation, Supplier<Outcome<T>> work) {
    return reaching(
        caller,
        organisation,
        () -> isOperator(caller) ? work.get() : Outcome.refused(OPERATOR_ONLY));
  }

  /// What a caller may not know of is answered like what is not there.
  private static <T> Outcome<T> reaching(
      Caller caller, String organisation, Supplier<Outcome<T>> work) {
    var own = ownOf(caller);
    return own.isEmpty() || own.get().equals(organisation)
        ? work.get()
        : Outcome.refused(NO_SUCH_ORGANISATION);
  }

  /// The one organisation that a caller knows of; empty for who knows of all.
  private static Optional<String> ownOf(Caller caller) {
    return switch (caller.subject()) {
      case Session session -> Optional.of(session.organisation().id());
      case Key key -> Optional.of(key.organisation().id());
      case Operator _ -> Optional.empty();
      case Anyone _ -> throw new IllegalStateException("people alone are admitted here");
    };
  }

  private static boolean isOperator(Caller caller) {
    return caller.subject() instanceof Operator;
  }
}
