package dev.keyreeve.platform.webhook;

import static dev.keyreeve.platform.webhook.EndpointStore.instant;

import dev.keyreeve.platform.tenancy.RowSight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of deliveries and attempts, as people read them and ask for them again.
final class DeliveryStore {
  private static final String SELECT =
      """
      select d.seq, e.id as event_id, e.type, e.occurred_at, d.status, d.attempts, d.next_try_at,
             d.ended_at
      from webhook_delivery d
      join event e on e.workspace_id = d.workspace_id and e.seq = d.seq
      where d.workspace_id = :workspace and d.endpoint_id = :endpoint
      """;

  private DeliveryStore() {}

  /// The newest first.
  ///
  /// @param before only those with a lower number, or null for all
  /// @param status only these, or null for all
  static List<DeliveryView> list(
      Handle handle,
      String workspace,
      String endpoint,
      DeliveryView.@Nullable Status status,
      @Nullable Long before,
      int limit) {
    RowSight.turnTo(handle, workspace);
    return handle
        .createQuery(
            SELECT
                + """
                and (:before::bigint is null or d.seq < :before)
                and (:status::text is null or d.status = :status)
                order by d.seq desc
                limit :limit
                """)
        .bind("workspace", workspace)
        .bind("endpoint", endpoint)
        .bind("before", before)
        .bind("status", status == null ? null : status.name().toLowerCase(Locale.ROOT))
        .bind("limit", limit)
        .map((row, _) -> view(row))
        .list();
  }

  static Optional<DeliveryView> find(Handle handle, String workspace, String endpoint, long seq) {
    RowSight.turnTo(handle, workspace);
    return handle
        .createQuery(SELECT + "and d.seq = :seq")
        .bind("workspace", workspace)
        .bind("endpoint", endpoint)
        .bind("seq", seq)
        .map((row, _) -> view(row))
        .findOne();
  }

  static List<AttemptView> attempts(Handle handle, String endpoint, long seq) {
    return handle
        .createQuery(
            """
            select number, started_at, ending, status, latency_us, excerpt
            from webhook_attempt
            where endpoint_id = :endpoint and seq = :seq
            order by number
            """)
        .bind("endpoint", endpoint)
        .bind("seq", seq)
        .map((row, _) -> attempt(row))
        .list();
  }

  /// Asks for one delivery again, as if it had never been tried; its attempts stay to be seen.
  static boolean askAgain(Handle handle, String workspace, String endpoint, long seq, Instant now) {
    return askAgain(handle, workspace, endpoint, "seq = :seq", seq, now) == 1;
  }

  /// Asks again for every delivery after a number, and for the events before the endpoint was made.
  static void replay(Handle handle, String workspace, String endpoint, long after, Instant now) {
    askAgain(handle, workspace, endpoint, "seq > :seq", after, now);
    handle
        .createUpdate(
            """
            update webhook_endpoint set position = least(position, :after)
            where workspace_id = :workspace and id = :endpoint
            """)
        .bind("workspace", workspace)
        .bind("endpoint", endpoint)
        .bind("after", after)
        .execute();
  }

  private static int askAgain(
      Handle handle, String workspace, String endpoint, String which, long seq, Instant now) {
    return handle
        .createUpdate(
            """
            update webhook_delivery
            set status = 'pending', tries = 0, asked_at = :now, next_try_at = :now, ended_at = null
            where workspace_id = :workspace and endpoint_id = :endpoint and
            """
                + which)
        .bind("workspace", workspace)
        .bind("endpoint", endpoint)
        .bind("seq", seq)
        .bind("now", now)
        .execute();
  }

  private static DeliveryView view(ResultSet row) throws SQLException {
    return new DeliveryView(
        row.getLong("seq"),
        row.getString("event_id"),
        row.getString("type"),
        row.getTimestamp("occurred_at").toInstant(),
        DeliveryView.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        instant(row.getTimestamp("next_try_at")),
        instant(row.getTimestamp("ended_at")));
  }

  private static AttemptView attempt(ResultSet row) throws SQLException {
    var ending = row.getString("ending");
    return new AttemptView(
        row.getInt("number"),
        row.getTimestamp("started_at").toInstant(),
        ending == null ? null : AttemptOutcome.ofWord(ending),
        row.getObject("status", Integer.class),
        row.getObject("latency_us", Long.class),
        row.getString("excerpt"));
  }
}
