package dev.keyreeve.identity.organisation;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.platform.audit.Changes;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.service.OpenedWorkspace;
import dev.keyreeve.platform.service.WorkspaceOpening;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Organisations and their workspaces: created, changed, suspended, resumed. Counters outlive every
/// change of a plan.
public final class Organisations {
  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final WorkspaceOpening opening;
  private final RandomGenerator random;

  /// @param opening is told of each workspace, in the transaction that opens it
  /// @param random makes ids
  public Organisations(
      Jdbi jdbi, AccessChanges changes, WorkspaceOpening opening, RandomGenerator random) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.opening = opening;
    this.random = random;
  }

  /// Whether there is a workspace in which real money may move.
  public boolean anyIsLive() {
    return jdbi.withHandle(Organisations::anyIsLive);
  }

  public static boolean anyIsLive(Handle handle) {
    return handle
        .createQuery("select exists (select from workspace where environment = 'live')")
        .mapTo(Boolean.class)
        .one();
  }

  /// Creates an organisation with one workspace, known to every node when it is answered.
  ///
  /// @param callsPerMinute an override if it is not the plan's own number
  public Outcome<OrganisationView> create(
      String name,
      Plan plan,
      int callsPerMinute,
      Environment environment,
      Actor actor,
      Instant now) {
    return changes
        .change(
            actor,
            now,
            alteration -> Outcome.done(create(alteration, name, plan, callsPerMinute, environment)))
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  /// Creates an organisation with one workspace, as part of a larger change.
  public OrganisationView create(
      Alteration alteration, String name, Plan plan, int callsPerMinute, Environment environment) {
    var organisation =
        new OrganisationView(
            randomId("org_"),
            name,
            plan,
            callsPerMinute,
            callsPerMinute == plan.callsPerMinute() ? null : callsPerMinute,
            false,
            null,
            List.of(),
            randomId("wks_"),
            environment,
            alteration.now());
    OrganisationStore.insert(alteration.handle(), organisation);
    alteration.touches(Basis.Kind.ORGANISATION, organisation.id());
    alteration.records(
        organisation.id(),
        "organisation.created",
        Target.organisation(organisation.id()),
        Map.of("after", facts(organisation)));
    opening.opened(
        alteration.handle(),
        new OpenedWorkspace(organisation.workspaceId(), environment),
        alteration.now());
    return organisation;
  }

  /// All of them, oldest first.
  public List<OrganisationView> list() {
    return jdbi.withHandle(handle -> OrganisationStore.list(handle, null));
  }

  public Optional<OrganisationView> find(String id) {
    return jdbi.withHandle(handle -> OrganisationStore.find(handle, id));
  }

  /// Changes what is named, and leaves the rest.
  Outcome<ChangedOrganisation> update(UpdateOrganisation wanted, Actor actor, Instant now) {
    return change(
        wanted.id(),
        actor,
        now,
        (alteration, before) -> {
          var faults = new Faults();
          var after = changed(before, wanted, faults);
          return faults.or(() -> Outcome.done(store(alteration, before, after, "updated")));
        });
  }

  /// Changes what it pays for; what is spent stays spent.
  Outcome<ChangedOrganisation> change(ChangePlan wanted, Actor actor, Instant now) {
    return change(
        wanted.id(),
        actor,
        now,
        (alteration, before) ->
            Outcome.done(store(alteration, before, planned(before, wanted), "updated")));
  }

  /// Refuses all calls of an organisation's keys and people until it is resumed.
  Outcome<ChangedOrganisation> suspend(
      String id, @Nullable String reason, Actor actor, Instant now) {
    return become(id, true, reason, actor, now);
  }

  Outcome<ChangedOrganisation> resume(String id, Actor actor, Instant now) {
    return become(id, false, null, actor, now);
  }

  private Outcome<ChangedOrganisation> become(
      String id, boolean suspended, @Nullable String reason, Actor actor, Instant now) {
    return change(
        id,
        actor,
        now,
        (alteration, before) -> {
          var after =
              new OrganisationView(
                  before.id(),
                  before.name(),
                  before.plan(),
                  before.callsPerMinute(),
                  before.callsOverride(),
                  suspended,
                  reason,
                  before.ipAllowList(),
                  before.workspaceId(),
                  before.environment(),
                  before.createdAt());
          return Outcome.done(
              store(alteration, before, after, suspended ? "suspended" : "resumed"));
        });
  }

  private Outcome<ChangedOrganisation> change(
      String id,
      Actor actor,
      Instant now,
      BiFunction<Alteration, OrganisationView, Outcome<OrganisationView>> work) {
    return changes
        .change(
            actor,
            now,
            alteration ->
                OrganisationStore.find(alteration.handle(), id)
                    .map(before -> work.apply(alteration, before))
                    .orElseGet(() -> Outcome.refused(Reached.ORGANISATION_NOT_FOUND)))
        .then(
            confirmed ->
                Outcome.done(new ChangedOrganisation(confirmed.value(), Effective.of(confirmed))));
  }

  private static OrganisationView changed(
      OrganisationView before, UpdateOrganisation wanted, Faults faults) {
    return new OrganisationView(
        before.id(),
        wanted.name() == null ? before.name() : wanted.name(),
        before.plan(),
        before.callsPerMinute(),
        before.callsOverride(),
        before.suspended(),
        before.suspendReason(),
        wanted.ipAllowList() == null
            ? before.ipAllowList()
            : IpAllowList.read(wanted.ipAllowList(), faults),
        before.workspaceId(),
        before.environment(),
        before.createdAt());
  }

  private static OrganisationView planned(OrganisationView before, ChangePlan wanted) {
    var plan = wanted.plan() == null ? before.plan() : wanted.plan();
    var override = override(before, wanted);
    return new OrganisationView(
        before.id(),
        before.name(),
        plan,
        override == null ? plan.callsPerMinute() : override,
        override,
        before.suspended(),
        before.suspendReason(),
        before.ipAllowList(),
        before.workspaceId(),
        before.environment(),
        before.createdAt());
  }

  private static @Nullable Integer override(OrganisationView before, ChangePlan wanted) {
    if (Boolean.TRUE.equals(wanted.planLimit())) return null;
    return wanted.callsPerMinute() == null ? before.callsOverride() : wanted.callsPerMinute();
  }

  private static OrganisationView store(
      Alteration alteration, OrganisationView before, OrganisationView after, String verb) {
    if (after.equals(before)) return after;

    OrganisationStore.update(alteration.handle(), after, alteration.now());
    alteration.touches(Basis.Kind.ORGANISATION, after.id());
    alteration.records(
        after.id(),
        "organisation." + verb,
        Target.organisation(after.id()),
        Changes.between(facts(before), facts(after)));
    return after;
  }

  /// What may change about it, for the record.
  private static Map<String, @Nullable Object> facts(OrganisationView organisation) {
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("name", organisation.name());
    facts.put("plan", organisation.plan().word());
    facts.put("calls_per_minute", organisation.callsPerMinute());
    facts.put("calls_override", organisation.callsOverride());
    facts.put("suspended", organisation.suspended());
    facts.put("suspend_reason", organisation.suspendReason());
    facts.put(IpAllowList.FIELD, organisation.ipAllowList());
    return facts;
  }

  private String randomId(String prefix) {
    var bytes = new byte[10];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }
}
