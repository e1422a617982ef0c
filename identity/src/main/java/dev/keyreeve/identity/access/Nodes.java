package dev.keyreeve.identity.access;

import dev.keyreeve.access.directory.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The nodes on this database, as their rows in `node` tell of them, this one among them.
///
/// A node is silent once its row has not changed for as long as its lease lasts and 2 % more, which
/// is how far two clocks may run apart. It then permits nobody, so nobody waits for it. How long a
/// row has not changed is measured here, on the monotonic clock, from when this version of it was
/// first seen; the database's own clock is believed for a row that was never seen before.
final class Nodes {
  /// How long a node is silent before its row is deleted, in leases.
  private static final int LEASES_KEPT = 20;

  private static final long MARGIN_PERCENT = 102;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final String id = UUID.randomUUID().toString();
  private final Lease lease;
  private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

  /// @param version what changes whenever the node shows itself
  /// @param sinceNanos when this version was first seen
  private record Sighting(String version, long sinceNanos) {}

  private record Row(String id, String version, long ageMillis, long confirmed, long leaseMillis) {}

  Nodes(Lease lease) {
    this.lease = lease;
  }

  /// Shows that this node is there, and has every change up to this place in the log.
  void show(Connection connection, long confirmed) throws SQLException {
    var sql =
        """
        insert into node (id, started_at, seen_at, confirmed_seq, lease_millis)
        values (?, clock_timestamp(), clock_timestamp(), ?, ?)
        on conflict (id) do update
        set seen_at = clock_timestamp(), confirmed_seq = excluded.confirmed_seq
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.setLong(2, confirmed);
      statement.setLong(3, lease.length().toMillis());
      statement.executeUpdate();
    }
  }

  /// Nobody need wait for this node any more.
  void leave(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("delete from node where id = ?")) {
      statement.setString(1, id);
      statement.executeUpdate();
    }
  }

  /// Looks at the other nodes, so that it is known since when each has been as it is.
  void observe(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(OTHERS)) {
      statement.setString(1, id);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          isSilent(
              new Row(
                  row.getString("id"),
                  row.getString("version"),
                  row.getLong("age_millis"),
                  row.getLong("confirmed_seq"),
                  row.getLong("lease_millis")));
        }
      }
    }
  }

  private static final String OTHERS =
      """
      select id, seen_at::text as version, confirmed_seq, lease_millis,
             (extract(epoch from clock_timestamp() - seen_at) * 1000)::bigint as age_millis
      from node where id <> ?
      """;

  /// Waits until every other node has this place in the log or is silent.
  ///
  /// @return how many have it
  /// @throws IllegalStateException if one that shows itself does not come as far
  int awaitOthers(Jdbi jdbi, long seq) throws InterruptedException {
    var pause = FIRST_PAUSE;
    long began = System.nanoTime();
    while (true) {
      var others = jdbi.withHandle(this::others);
      var behind = others.stream().filter(row -> row.confirmed() < seq && !isSilent(row)).toList();
      if (behind.isEmpty()) {
        return (int) others.stream().filter(row -> row.confirmed() >= seq).count();
      }
      long longest = behind.stream().mapToLong(Row::leaseMillis).max().orElseThrow();
      if (System.nanoTime() - began > Duration.ofMillis(3 * longest).toNanos()) {
        throw new IllegalStateException("a node shows itself but does not follow the log");
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
    }
  }

  private List<Row> others(Handle handle) {
    return handle
        .select(OTHERS, id)
        .map(
            (row, _) ->
                new Row(
                    row.getString("id"),
                    row.getString("version"),
                    row.getLong("age_millis"),
                    row.getLong("confirmed_seq"),
                    row.getLong("lease_millis")))
        .list();
  }

  private boolean isSilent(Row row) {
    long now = lease.mark();
    var sighting =
        sightings.compute(
            row.id(),
            (_, before) -> {
              if (before != null && before.version().equals(row.version())) return before;
              long age = before == null ? Math.max(0, row.ageMillis()) : 0;
              return new Sighting(row.version(), now - Duration.ofMillis(age).toNanos());
            });
    long silence = Duration.ofMillis(row.leaseMillis()).toNanos() / 100 * MARGIN_PERCENT;
    return now - sighting.sinceNanos() > silence;
  }

  /// Forgets nodes that have long been silent, and changes that every node has had for long.
  ///
  /// The newest change is always kept: it tells a node whether this is the log that it knows.
  static void sweep(Handle handle, Duration kept) {
    handle.execute(
        """
        delete from node
        where seen_at < clock_timestamp() - make_interval(secs => lease_millis * ? / 1000.0)
        """,
        LEASES_KEPT);
    handle.execute(
        """
        delete from access_change
        where at < clock_timestamp() - make_interval(secs => ?)
          and seq < (select max(seq) from access_change)
          and seq < coalesce((select min(confirmed_seq) from node), 0)
        """,
        (double) kept.toSeconds());
  }
}
