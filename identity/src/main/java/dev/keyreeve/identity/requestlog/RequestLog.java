package dev.keyreeve.identity.requestlog;

import dev.keyreeve.identity.journal.Entry;
import dev.keyreeve.identity.journal.Entry.By;
import dev.keyreeve.identity.journal.Merge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The rows of the request log, in one partition for each day of UTC: a day is forgotten by
/// dropping a table, at no cost to the others.
public final class RequestLog implements Merge {
  private static final Duration MADE_AHEAD = Duration.ofDays(2);
  private static final String PREFIX = "request_log_";
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /// Held while partitions come and go.
  private static final long PARTITIONS = 0x7061727469746e73L;

  private final Jdbi jdbi;
  private final String node;
  private final Keeping keeping;
  private final InstantSource clock;

  /// How much is kept.
  ///
  /// @param time how long a call is found, to the day
  /// @param bytes on the disk of the database, indexes included; beyond it the oldest days go, but
  ///   never today
  public record Keeping(Duration time, long bytes) {
    /// A month, and 2 GiB.
    public static final Keeping USUAL = new Keeping(Duration.ofDays(30), 2L << 30);
  }

  /// @param node names this node in the rows that it writes
  public RequestLog(Jdbi jdbi, String node, Keeping keeping, InstantSource clock) {
    this.jdbi = jdbi;
    this.node = node;
    this.keeping = keeping;
    this.clock = clock;
  }

  @Override
  public void merge(Handle handle, List<Entry> entries) {
    var oldest = day(clock.instant().minus(keeping.time()));
    var rows = new ArrayList<Entry>();
    var days = new TreeSet<LocalDate>();
    for (var entry : entries) {
      var day = day(Instant.ofEpochMilli(entry.atMillis()));
      if (entry.kind() == Entry.Kind.SUM || day.isBefore(oldest)) continue;
      rows.add(entry);
      days.add(day);
    }
    if (rows.isEmpty()) return;
    makePartitions(handle, days);
    insert(handle, rows);
  }

  private void insert(Handle handle, List<Entry> rows) {
    var update =
        handle.createUpdate(
            """
            insert into request_log (at, request_id, organisation_id, workspace_id, key_id, secret,
                                     session_id, procedure, outcome, reason, status, address, calls,
                                     latency_micros, node)
            select timestamptz 'epoch' + row.millis * interval '1 millisecond', row.request_id,
                   workspace.organisation_id, row.workspace_id, row.key_id, row.secret,
                   row.session_id, row.procedure, row.outcome, row.reason, row.status,
                   row.address::inet, row.calls, row.latency, :node
            from unnest(:millis, :requestIds, :workspaces, :keys, :secrets, :sessions, :procedures,
                        :outcomes, :reasons, :statuses, :addresses, :calls, :latencies)
                 with ordinality
                 as row (millis, request_id, workspace_id, key_id, secret, session_id, procedure,
                         outcome, reason, status, address, calls, latency, place)
            left join workspace on workspace.id = row.workspace_id
            order by row.place
            """);
    update
        .bind("node", node)
        .bindArray("millis", Long.class, column(rows, Entry::atMillis))
        .bindArray("requestIds", String.class, column(rows, Entry::requestId))
        .bindArray("workspaces", String.class, column(rows, row -> row.by().workspaceOrNull()))
        .bindArray("keys", String.class, column(rows, RequestLog::key))
        .bindArray("secrets", Integer.class, column(rows, RequestLog::secret))
        .bindArray("sessions", String.class, column(rows, RequestLog::session))
        .bindArray("procedures", String.class, column(rows, Entry::procedure))
        .bindArray("outcomes", String.class, column(rows, row -> row.end().outcome()))
        .bindArray("reasons", String.class, column(rows, row -> row.end().reason()))
        .bindArray("statuses", Integer.class, column(rows, row -> row.end().status()))
        .bindArray("addresses", String.class, column(rows, RequestLog::address))
        .bindArray("calls", Integer.class, column(rows, Entry::calls))
        .bindArray("latencies", Long.class, column(rows, Entry::latencyMicros))
        .execute();
  }

  private static @Nullable String key(Entry entry) {
    return entry.by() instanceof By.OfKey(var id, _, _) ? id.toString() : null;
  }

  private static @Nullable Integer secret(Entry entry) {
    return entry.by() instanceof By.OfKey(_, int secret, _) && secret > 0 ? secret : null;
  }

  private static @Nullable String session(Entry entry) {
    return entry.by() instanceof By.OfSession(var id, _) ? id : null;
  }

  private static @Nullable String address(Entry entry) {
    return entry.address().isUnknown() ? null : entry.address().toString();
  }

  private static <T> List<@Nullable T> column(
      List<Entry> rows, Function<Entry, @Nullable T> value) {
    var values = new ArrayList<@Nullable T>(rows.size());
    for (var row : rows) values.add(value.apply(row));
    return values;
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /// Makes the partitions of today and of the days to come, and drops those of the days that are
  /// past their time or for which there is no room.
  public void turnOver() {
    var now = clock.instant();
    jdbi.useTransaction(
        handle -> {
          handle.execute("set local lock_timeout = '2s'");
          var days = new TreeSet<LocalDate>();
          for (var day = day(now); !day.isAfter(day(now.plus(MADE_AHEAD))); day = day.plusDays(1)) {
            days.add(day);
          }
          makePartitions(handle, days);
        });
    var oldest = PREFIX + DAY.format(day(now.minus(keeping.time())));
    for (var partition : jdbi.withHandle(RequestLog::partitions)) {
      if (partition.compareTo(oldest) < 0) drop(partition);
    }
    jdbi.withHandle(handle -> withoutRoom(handle, now)).forEach(this::drop);
  }

  /// The days before today that do not fit beside those after them.
  private List<String> withoutRoom(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select relname from (
              select c.relname, sum(pg_total_relation_size(c.oid)) over (order by c.relname desc)
                       as with_later_ones
              from pg_inherits i join pg_class c on c.oid = i.inhrelid
              where i.inhparent = 'request_log'::regclass) day
            where with_later_ones > :bytes and relname < :today
            """)
        .bind("bytes", keeping.bytes())
        .bind("today", PREFIX + DAY.format(day(now)))
        .mapTo(String.class)
        .list();
  }

  private void drop(String partition) {
    jdbi.useTransaction(
        handle -> {
          // The table as a whole is locked for a moment; whoever searches for long is not waited
          // for.
          handle.execute("set local lock_timeout = '2s'");
          handle.execute("select pg_advisory_xact_lock(?)", PARTITIONS);
          handle.execute("drop table if exists " + partition);
        });
  }

  /// Attached, not created in place: that would lock the whole table against readers.
  private static void makePartitions(Handle handle, Set<LocalDate> days) {
    if (missing(handle, days).isEmpty()) return;
    handle.execute("select pg_advisory_xact_lock(?)", PARTITIONS);
    for (var day : missing(handle, days)) {
      var name = PREFIX + DAY.format(day);
      handle.execute("create table " + name + " (like request_log including defaults)");
      handle.execute(
          "alter table request_log attach partition %s for values from ('%s 00:00Z') to ('%s 00:00Z')"
              .formatted(name, day, day.plusDays(1)));
    }
  }

  private static List<LocalDate> missing(Handle handle, Set<LocalDate> days) {
    var there = partitions(handle);
    return days.stream().filter(day -> !there.contains(PREFIX + DAY.format(day))).toList();
  }

  private static List<String> partitions(Handle handle) {
    return handle
        .createQuery(
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'request_log'::regclass
            order by c.relname
            """)
        .mapTo(String.class)
        .list();
  }
}
