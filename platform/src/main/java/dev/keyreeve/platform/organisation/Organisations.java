package dev.keyreeve.platform.organisation;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.platform.access.AccessChanges;
import dev.keyreeve.platform.access.Alteration;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Outcome;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The rows of organisations and workspaces.
public final class Organisations {
  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final SecureRandom random = new SecureRandom();

  public Organisations(Jdbi jdbi, AccessChanges changes) {
    this.jdbi = jdbi;
    this.changes = changes;
  }

  /// Creates an organisation with one workspace, known to this node when it is answered.
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
            randomId("wks_"),
            environment,
            alteration.now());
    insert(alteration.handle(), organisation);
    alteration.touches(Alteration.Kind.ORGANISATION, organisation.id());
    alteration.records(
        organisation.id(),
        "organisation.created",
        Target.organisation(organisation.id()),
        Map.of("name", organisation.name(), "plan", organisation.plan().name()));
    return organisation;
  }

  public List<OrganisationView> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select o.id, o.name, o.plan, o.calls_per_minute, w.id as workspace_id,
                           w.environment, o.created_at
                    from organisation o join workspace w on w.organisation_id = o.id
                    order by o.created_at, o.id
                    """)
                .map(
                    (row, _) ->
                        new OrganisationView(
                            row.getString("id"),
                            row.getString("name"),
                            Plan.valueOf(row.getString("plan").toUpperCase(Locale.ROOT)),
                            row.getInt("calls_per_minute"),
                            row.getString("workspace_id"),
                            Environment.parse(row.getString("environment")),
                            row.getTimestamp("created_at").toInstant()))
                .list());
  }

  private static void insert(Handle handle, OrganisationView organisation) {
    handle
        .createUpdate(
            """
            with organisation as (
              insert into organisation (id, name, plan, calls_per_minute, created_at)
              values (:id, :name, :plan, :callsPerMinute, :now)
              returning id)
            insert into workspace (id, organisation_id, name, environment, created_at)
            select :workspaceId, id, :name, :environment, :now from organisation
            """)
        .bind("id", organisation.id())
        .bind("name", organisation.name())
        .bind("plan", organisation.plan().name().toLowerCase(Locale.ROOT))
        .bind("callsPerMinute", organisation.callsPerMinute())
        .bind("workspaceId", organisation.workspaceId())
        .bind("environment", organisation.environment().toString())
        .bind("now", organisation.createdAt())
        .execute();
  }

  private String randomId(String prefix) {
    var bytes = new byte[10];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }
}
