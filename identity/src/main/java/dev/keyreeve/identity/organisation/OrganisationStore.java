package dev.keyreeve.identity.organisation;

import dev.keyreeve.access.credential.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of organisations and workspaces.
final class OrganisationStore {
  private OrganisationStore() {}

  static void insert(Handle handle, OrganisationView organisation) {
    handle
        .createUpdate(
            """
            with organisation as (
              insert into organisation (id, name, plan, calls_per_minute, calls_override, created_at)
              values (:id, :name, :plan, :callsPerMinute, :callsOverride, :now)
              returning id)
            insert into workspace (id, organisation_id, name, environment, created_at)
            select :workspaceId, id, :name, :environment, :now from organisation
            """)
        .bind("id", organisation.id())
        .bind("name", organisation.name())
        .bind("plan", organisation.plan().word())
        .bind("callsPerMinute", organisation.callsPerMinute())
        .bind("callsOverride", organisation.callsOverride())
        .bind("workspaceId", organisation.workspaceId())
        .bind("environment", organisation.environment().toString())
        .bind("now", organisation.createdAt())
        .execute();
  }

  static void update(Handle handle, OrganisationView organisation, Instant now) {
    handle
        .createUpdate(
            """
            update organisation
            set name = :name, plan = :plan, calls_per_minute = :callsPerMinute,
                calls_override = :callsOverride, suspended = :suspended,
                suspend_reason = :suspendReason, addresses = :addresses, changed_at = :now
            where id = :id
            """)
        .bind("id", organisation.id())
        .bind("name", organisation.name())
        .bind("plan", organisation.plan().word())
        .bind("callsPerMinute", organisation.callsPerMinute())
        .bind("callsOverride", organisation.callsOverride())
        .bind("suspended", organisation.suspended())
        .bind("suspendReason", organisation.suspendReason())
        .bindArray("addresses", String.class, organisation.ipAllowList())
        .bind("now", now)
        .execute();
  }

  static Optional<OrganisationView> find(Handle handle, String id) {
    return list(handle, id).stream().findFirst();
  }

  /// @param id of the only one to list; null for all
  static List<OrganisationView> list(Handle handle, @Nullable String id) {
    return handle
        .createQuery(
            """
            select o.id, o.name, o.plan, o.calls_per_minute, o.calls_override, o.suspended,
                   o.suspend_reason, o.addresses, o.created_at, w.id as workspace_id, w.environment
            from organisation o
            join lateral (
              select id, environment from workspace
              where organisation_id = o.id order by created_at, id limit 1) w on true
            where :id::text is null or o.id = :id
            order by o.created_at, o.id
            """)
        .bind("id", id)
        .map((row, _) -> view(row))
        .list();
  }

  private static OrganisationView view(ResultSet row) throws SQLException {
    int override = row.getInt("calls_override");
    return new OrganisationView(
        row.getString("id"),
        row.getString("name"),
        Plan.valueOf(row.getString("plan").toUpperCase(Locale.ROOT)),
        row.getInt("calls_per_minute"),
        override == 0 ? null : override,
        row.getBoolean("suspended"),
        row.getString("suspend_reason"),
        List.of((String[]) row.getArray("addresses").getArray()),
        row.getString("workspace_id"),
        Environment.parse(row.getString("environment")),
        row.getTimestamp("created_at").toInstant());
  }
}
