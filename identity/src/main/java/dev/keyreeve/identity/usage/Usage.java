package dev.keyreeve.identity.usage;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.identity.usage.KeyUsage.Period;
import dev.keyreeve.identity.usage.KeyUsage.SecretUsage;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.tenancy.Within;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// How much keys are used. What was called a moment ago is not counted yet.
public final class Usage {
  private final Jdbi jdbi;
  private final Tenancy tenancy;

  public Usage(Jdbi jdbi, Tenancy tenancy) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
  }

  /// The workspace of a key; empty if there is no such key within.
  Optional<String> workspaceOf(KeyId key, Within within) {
    return jdbi.withHandle(
        handle ->
            within
                .bind(
                    handle.createQuery(
                        "select workspace_id from api_key where id = :key and "
                            + within.workspace("workspace_id")))
                .bind("key", key.toString())
                .mapTo(String.class)
                .findOne());
  }

  /// @param from the first instant that is wanted
  /// @param to the first instant that no longer is
  KeyUsage of(KeyId key, String workspace, Unit unit, Instant from, Instant to, Instant now) {
    var secrets = jdbi.withHandle(handle -> secrets(handle, key, workspace));
    return tenancy.read(
        workspace,
        now,
        tx -> {
          var life = life(tx, key);
          return new KeyUsage(
              key.toString(),
              life.requests(),
              life.lastUsedAt(),
              life.lastUsedFrom(),
              secrets,
              unit,
              from,
              to,
              periods(tx, key, unit, from, to));
        });
  }

  private record Life(long requests, @Nullable Instant lastUsedAt, @Nullable String lastUsedFrom) {}

  private static Life life(Tx tx, KeyId key) {
    return tx.query(
            """
            select requests, last_used_at, host(last_used_from) as last_used_from from key_usage
            where workspace_id = :workspace and key_id = :key
            """)
        .bind("key", key.toString())
        .map(
            (row, _) ->
                new Life(
                    row.getLong("requests"),
                    instant(row, "last_used_at"),
                    row.getString("last_used_from")))
        .findOne()
        .orElse(new Life(0, null, null));
  }

  private static List<SecretUsage> secrets(Handle handle, KeyId key, String workspace) {
    return handle
        .createQuery(
            """
            select s.number, s.created_at, u.last_used_at, host(u.last_used_from) as last_used_from
            from api_key_secret s
            join api_key k on k.id = s.key_id
            left join key_secret_usage u on u.key_id = s.key_id and u.secret = s.number
            where k.workspace_id = :workspace and k.id = :key
            order by s.number
            """)
        .bind("workspace", workspace)
        .bind("key", key.toString())
        .map(
            (row, _) ->
                new SecretUsage(
                    row.getInt("number"),
                    row.getTimestamp("created_at").toInstant(),
                    instant(row, "last_used_at"),
                    row.getString("last_used_from")))
        .list();
  }

  private static List<Period> periods(Tx tx, KeyId key, Unit unit, Instant from, Instant to) {
    return tx.query(
            """
            select bucket, outcome, calls, latency_micros, slowest_micros from usage_rollup
            where workspace_id = :workspace and key_id = :key and unit = :unit
              and bucket >= :from and bucket < :to
            order by bucket, outcome
            """)
        .bind("key", key.toString())
        .bind("unit", unit.word())
        .bind("from", unit.begin(from))
        .bind("to", to)
        .map(
            (row, _) ->
                new Period(
                    row.getTimestamp("bucket").toInstant(),
                    row.getString("outcome"),
                    row.getLong("calls"),
                    row.getLong("latency_micros") / Math.max(1, row.getLong("calls")),
                    row.getLong("slowest_micros")))
        .list();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
