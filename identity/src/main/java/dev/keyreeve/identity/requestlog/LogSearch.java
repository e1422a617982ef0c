package dev.keyreeve.identity.requestlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyreeve.identity.journal.Loss;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Looks calls up in the request log.
public final class LogSearch {
  private static final int USUAL_LIMIT = 50;

  /// Calls of one request that are told at most; a batch has fewer.
  private static final int MOST_OF_REQUEST = 500;

  private static final String COLUMNS =
      """
      select at, id, request_id, organisation_id, workspace_id, key_id, secret, session_id,
             procedure, outcome, reason, status, host(address) as address, calls, latency_micros, node
      from request_log
      """;

  private final Jdbi jdbi;
  private final Tenancy tenancy;

  public LogSearch(Jdbi jdbi, Tenancy tenancy) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
  }

  /// Where a page begins: after the call of this instant and number.
  record After(long atMillis, long id) {
    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((atMillis + "." + id).getBytes(US_ASCII));
    }

    /// Null for what is no cursor of this list.
    static @Nullable After parse(String cursor) {
      try {
        var parts = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII).split("\\.", 2);
        return parts.length == 2
            ? new After(Long.parseLong(parts[0]), Long.parseLong(parts[1]))
            : null;
      } catch (IllegalArgumentException notACursor) {
        return null;
      }
    }
  }

  private record Row(long id, LogEntry entry) {}

  /// @param workspace whose calls; null for all, those of unknown callers among them
  LogPage search(@Nullable String workspace, LogFilter filter, @Nullable After after, Instant now) {
    int limit = filter.limit() == null ? USUAL_LIMIT : filter.limit();
    var conditions = filter.conditions();
    var where = new ArrayList<>(conditions.keySet());
    if (workspace != null) where.add("workspace_id = :workspace");
    if (after != null) where.add("(at, id) < (:afterAt, :afterId)");
    if (filter.reason() == null && filter.outcome() != null && !filter.outcome().equals("ok")) {
      where.add("reason is not null");
    }
    var sql =
        COLUMNS
            + (where.isEmpty() ? "" : "where " + String.join(" and ", where))
            + " order by at desc, id desc limit :limit";
    var rows =
        in(
            workspace,
            now,
            sql,
            query -> {
              conditions.forEach((condition, value) -> query.bind(nameIn(condition), value));
              query.bind("limit", limit + 1);
              if (after != null) {
                query.bind("afterAt", Instant.ofEpochMilli(after.atMillis()));
                query.bind("afterId", after.id());
              }
              return query.map((row, _) -> row(row)).list();
            });
    var entries = rows.stream().limit(limit).map(Row::entry).toList();
    var loss = loss(filter);
    return new LogPage(
        entries,
        rows.size() > limit ? afterLast(rows.get(limit - 1)).cursor() : null,
        loss.calls(),
        workspace == null ? loss.ofNobody() : null);
  }

  private static After afterLast(Row row) {
    return new After(row.entry().at().toEpochMilli(), row.id());
  }

  private static String nameIn(String condition) {
    return condition.substring(condition.indexOf(':') + 1);
  }

  /// All calls of one request in whichever workspace, in the order in which they ended.
  public List<LogEntry> ofRequest(String requestId) {
    return ofRequest(null, requestId, Instant.EPOCH);
  }

  /// All calls of one request, in the order in which they ended.
  List<LogEntry> ofRequest(@Nullable String workspace, String requestId, Instant now) {
    var sql =
        COLUMNS
            + "where request_id = :requestId"
            + (workspace == null ? "" : " and workspace_id = :workspace")
            + " order by at, id limit :limit";
    return in(
        workspace,
        now,
        sql,
        query ->
            query
                .bind("requestId", requestId)
                .bind("limit", MOST_OF_REQUEST)
                .map((row, _) -> row(row).entry())
                .list());
  }

  private <T> T in(@Nullable String workspace, Instant now, String sql, Function<Query, T> asking) {
    return workspace == null
        ? jdbi.withHandle(handle -> asking.apply(handle.createQuery(sql)))
        : tenancy.read(workspace, now, tx -> asking.apply(tx.query(sql)));
  }

  private Loss loss(LogFilter filter) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(sum(calls), 0) as calls, coalesce(sum(of_nobody), 0) as of_nobody
                    from call_loss
                    where (:from::timestamptz is null or at >= date_trunc('minute', :from::timestamptz))
                      and (:to::timestamptz is null or at < :to)
                    """)
                .bind("from", filter.from())
                .bind("to", filter.to())
                .map((row, _) -> new Loss(row.getLong("calls"), row.getLong("of_nobody"), 0))
                .one());
  }

  private static Row row(ResultSet row) throws SQLException {
    int secret = row.getInt("secret");
    return new Row(
        row.getLong("id"),
        new LogEntry(
            row.getTimestamp("at").toInstant(),
            row.getString("request_id"),
            row.getString("organisation_id"),
            row.getString("workspace_id"),
            row.getString("key_id"),
            secret == 0 ? null : secret,
            row.getString("session_id"),
            row.getString("procedure"),
            row.getString("outcome"),
            row.getString("reason"),
            row.getInt("status"),
            row.getString("address"),
            row.getInt("calls"),
            row.getLong("latency_micros"),
            row.getString("node")));
  }
}
