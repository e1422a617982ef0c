package dev.keyreeve.identity.usage;

import dev.keyreeve.access.network.Address;
import dev.keyreeve.identity.journal.Entry;
import dev.keyreeve.identity.journal.Entry.By;
import dev.keyreeve.identity.journal.Merge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Counts calls.
///
/// A request of a key is a call whose caller was admitted: the secret matched, the key was usable
/// from this address, and its limits paid. It counts whether it was then permitted or not, and
/// however it ended. What was refused before it was paid (401, a wrong address, 429, a node in
/// doubt) is no request and no use of the key, but is among the calls by time, under its outcome.
public final class UsageCounts implements Merge {
  /// How long calls by the minute and by the hour are kept; those by the day are kept for good.
  private static final Duration MINUTES_KEPT = Duration.ofDays(2);

  private static final Duration HOURS_KEPT = Duration.ofDays(90);

  /// Rows in the order in which every node locks them.
  private record KeyRow(String key, String workspace) implements Comparable<KeyRow> {
    @Override
    public int compareTo(KeyRow other) {
      return key.compareTo(other.key);
    }
  }

  private record SecretRow(String key, int secret, String workspace)
      implements Comparable<SecretRow> {
    @Override
    public int compareTo(SecretRow other) {
      int order = key.compareTo(other.key);
      return order != 0 ? order : Integer.compare(secret, other.secret);
    }
  }

  private record RollupRow(String workspace, String key, Unit unit, Instant bucket, String outcome)
      implements Comparable<RollupRow> {
    @Override
    public int compareTo(RollupRow other) {
      int order = workspace.compareTo(other.workspace);
      if (order == 0) order = key.compareTo(other.key);
      if (order == 0) order = unit.compareTo(other.unit);
      if (order == 0) order = bucket.compareTo(other.bucket);
      return order != 0 ? order : outcome.compareTo(other.outcome);
    }
  }

  private record Use(long requests, long lastMillis, @Nullable String from) {
    static Use of(Entry entry) {
      return new Use(entry.calls(), entry.atMillis(), text(entry.address()));
    }

    static Use plus(Use one, Use other) {
      var last = other.lastMillis >= one.lastMillis ? other : one;
      return new Use(one.requests + other.requests, last.lastMillis, last.from);
    }
  }

  private record Sum(long calls, long latency, long slowest) {
    static Sum of(Entry entry) {
      long latency = entry.latencyMicros();
      return new Sum(entry.calls(), latency * entry.calls(), latency);
    }

    static Sum plus(Sum one, Sum other) {
      return new Sum(
          one.calls + other.calls,
          one.latency + other.latency,
          Math.max(one.slowest, other.slowest));
    }
  }

  @Override
  public void merge(Handle handle, List<Entry> entries) {
    var keys = new TreeMap<KeyRow, Use>();
    var secrets = new TreeMap<SecretRow, Use>();
    var rollups = new TreeMap<RollupRow, Sum>();
    for (var entry : entries) {
      if (entry.by() instanceof By.OfKey(var id, int secret, var workspace)
          && entry.kind() != Entry.Kind.REFUSED) {
        keys.merge(new KeyRow(id.toString(), workspace), Use.of(entry), Use::plus);
        secrets.merge(new SecretRow(id.toString(), secret, workspace), Use.of(entry), Use::plus);
      }
      var workspace = entry.by().workspaceOrNull();
      if (workspace == null) continue;
      var key = entry.by() instanceof By.OfKey(var id, _, _) ? id.toString() : "";
      for (var unit : Unit.values()) {
        var bucket = unit.begin(Instant.ofEpochMilli(entry.atMillis()));
        var row = new RollupRow(workspace, key, unit, bucket, entry.end().outcome());
        rollups.merge(row, Sum.of(entry), Sum::plus);
      }
    }
    if (!keys.isEmpty()) addToKeys(handle, keys);
    if (!secrets.isEmpty()) addToSecrets(handle, secrets);
    if (!rollups.isEmpty()) addToRollups(handle, rollups);
  }

  private static void addToKeys(Handle handle, Map<KeyRow, Use> keys) {
    var update =
        handle.createUpdate(
            """
            insert into key_usage (key_id, workspace_id, requests, last_used_at, last_used_from)
            select key_id, workspace_id, requests,
                   timestamptz 'epoch' + last_millis * interval '1 millisecond', last_from::inet
            from unnest(:keys, :workspaces, :requests, :lasts, :froms)
                 with ordinality as row (key_id, workspace_id, requests, last_millis, last_from, place)
            order by place
            on conflict (key_id) do update
            set requests = key_usage.requests + excluded.requests,
                last_used_at = greatest(key_usage.last_used_at, excluded.last_used_at),
                last_used_from = case when excluded.last_used_at >= key_usage.last_used_at
                                      then excluded.last_used_from
                                      else key_usage.last_used_from end
            """);
    bind(update, "keys", String.class, keys.keySet(), KeyRow::key);
    bind(update, "workspaces", String.class, keys.keySet(), KeyRow::workspace);
    bindUses(update, keys.values());
    bind(update, "requests", Long.class, keys.values(), Use::requests);
    update.execute();
  }

  private static void addToSecrets(Handle handle, Map<SecretRow, Use> secrets) {
    var update =
        handle.createUpdate(
            """
            insert into key_secret_usage (key_id, secret, workspace_id, last_used_at, last_used_from)
            select key_id, secret, workspace_id,
                   timestamptz 'epoch' + last_millis * interval '1 millisecond', last_from::inet
            from unnest(:keys, :secrets, :workspaces, :lasts, :froms)
                 with ordinality as row (key_id, secret, workspace_id, last_millis, last_from, place)
            order by place
            on conflict (key_id, secret) do update
            set last_used_at = greatest(key_secret_usage.last_used_at, excluded.last_used_at),
                last_used_from = case when excluded.last_used_at >= key_secret_usage.last_used_at
                                      then excluded.last_used_from
                                      else key_secret_usage.last_used_from end
            """);
    bind(update, "keys", String.class, secrets.keySet(), SecretRow::key);
    bind(update, "secrets", Integer.class, secrets.keySet(), SecretRow::secret);
    bind(update, "workspaces", String.class, secrets.keySet(), SecretRow::workspace);
    bindUses(update, secrets.values());
    update.execute();
  }

  private static void addToRollups(Handle handle, Map<RollupRow, Sum> rollups) {
    var update =
        handle.createUpdate(
            """
            insert into usage_rollup (workspace_id, key_id, unit, bucket, outcome, organisation_id,
                                      calls, latency_micros, slowest_micros)
            select row.workspace_id, row.key_id, row.unit,
                   timestamptz 'epoch' + row.millis * interval '1 millisecond', row.outcome,
                   workspace.organisation_id, row.calls, row.latency, row.slowest
            from unnest(:workspaces, :keys, :units, :buckets, :outcomes, :calls, :latencies, :slowest)
                 with ordinality
                 as row (workspace_id, key_id, unit, millis, outcome, calls, latency, slowest, place)
            join workspace on workspace.id = row.workspace_id
            order by row.place
            on conflict (workspace_id, key_id, unit, bucket, outcome) do update
            set calls = usage_rollup.calls + excluded.calls,
                latency_micros = usage_rollup.latency_micros + excluded.latency_micros,
                slowest_micros = greatest(usage_rollup.slowest_micros, excluded.slowest_micros)
            """);
    var rows = rollups.keySet();
    bind(update, "workspaces", String.class, rows, RollupRow::workspace);
    bind(update, "keys", String.class, rows, RollupRow::key);
    bind(update, "units", String.class, rows, row -> row.unit().word());
    bind(update, "buckets", Long.class, rows, row -> row.bucket().toEpochMilli());
    bind(update, "outcomes", String.class, rows, RollupRow::outcome);
    bind(update, "calls", Long.class, rollups.values(), Sum::calls);
    bind(update, "latencies", Long.class, rollups.values(), Sum::latency);
    bind(update, "slowest", Long.class, rollups.values(), Sum::slowest);
    update.execute();
  }

  private static void bindUses(Update update, Collection<Use> uses) {
    bind(update, "lasts", Long.class, uses, Use::lastMillis);
    bind(update, "froms", String.class, uses, Use::from);
  }

  private static <R, T> void bind(
      Update update,
      String name,
      Class<T> type,
      Collection<R> rows,
      Function<R, @Nullable T> column) {
    var values = new ArrayList<@Nullable T>(rows.size());
    for (var row : rows) values.add(column.apply(row));
    update.bindArray(name, type, values);
  }

  private static @Nullable String text(Address address) {
    return address.isUnknown() ? null : address.toString();
  }

  /// Forgets calls by the minute and by the hour that are past their time.
  public static void forget(Jdbi jdbi, Instant now) {
    jdbi.useHandle(
        handle -> {
          forget(handle, Unit.MINUTE, now.minus(MINUTES_KEPT));
          forget(handle, Unit.HOUR, now.minus(HOURS_KEPT));
        });
  }

  private static void forget(Handle handle, Unit unit, Instant before) {
    handle
        .createUpdate("delete from usage_rollup where unit = :unit and bucket < :before")
        .bind("unit", unit.word())
        .bind("before", before)
        .execute();
  }
}
