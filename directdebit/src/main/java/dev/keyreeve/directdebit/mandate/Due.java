package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.platform.tenancy.Tx;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// When the clock has to look at a mandate again.
///
/// @param workspace it belongs to
/// @param movesAt the time at which it moves then
record Due(String workspace, MandateId mandate, Instant at, Instant movesAt) {

  /// Sets the one moment of a mandate, or that there is none.
  static void put(Tx tx, MandateId mandate, @Nullable Instant at) {
    if (at == null) {
      tx.update("delete from mandate_due where workspace_id = :workspace and mandate_id = :id")
          .bind("id", mandate.text())
          .execute();
      return;
    }
    tx.update(
            """
            insert into mandate_due (mandate_id, workspace_id, at) values (:id, :workspace, :at)
            on conflict (mandate_id) do update set at = excluded.at
            """)
        .bind("id", mandate.text())
        .bind("at", at)
        .execute();
  }

  /// Whose mandates are looked at.
  enum Of {
    EVERYBODY,
    ONE_SERVICE_USER,
    /// Workspaces that collect by nobody yet live in the server's time.
    NO_SERVICE_USER
  }

  /// What is due, earliest first, read as the schema's owner. A mandate is moved at the time at
  /// which it is due, or what its workspace's clock shows if that is later.
  ///
  /// @param serviceUser whose mandates; null for [Of#EVERYBODY] and [Of#NO_SERVICE_USER]
  /// @param until what the workspaces' clock shows; null for what it shows when the server's shows
  ///   `now`
  /// @param after only what follows this, or null
  static List<Due> until(
      Jdbi jdbi,
      Of of,
      @Nullable String serviceUser,
      @Nullable Instant until,
      Instant now,
      @Nullable Due after,
      int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select d.workspace_id, d.mandate_id, d.at, t.clock
                    from mandate_due d
                    left join collector c on c.workspace_id = d.workspace_id
                    left join service_user s on s.id = c.service_user_id
                    cross join lateral (
                      select clock_of(s.stands_at, s.stands_since, s.frozen, :now) as clock) t
                    where d.at <= coalesce(:until::timestamptz, t.clock)
                      and (:everybody or s.id is not distinct from :serviceUser::text)
                      and (:afterId::text is null or (d.at, d.mandate_id) > (:afterAt, :afterId))
                    order by d.at, d.mandate_id
                    limit :limit
                    """)
                .bind("everybody", of == Of.EVERYBODY)
                .bind("serviceUser", serviceUser)
                .bind("until", until)
                .bind("now", now)
                .bind("afterAt", after == null ? null : after.at())
                .bind("afterId", after == null ? null : after.mandate().text())
                .bind("limit", limit)
                .map(
                    (row, _) -> {
                      var at = row.getTimestamp("at").toInstant();
                      var clock = row.getTimestamp("clock").toInstant();
                      return new Due(
                          row.getString("workspace_id"),
                          new MandateId(row.getString("mandate_id")),
                          at,
                          clock.isAfter(at) ? clock : at);
                    })
                .list());
  }
}
