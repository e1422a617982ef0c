package dev.keyreeve.platform.tenancy;

import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.event.Occurrence;
import dev.keyreeve.platform.event.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A workspace's events, in the order of commits and without a gap: whoever has read up to a number
/// has missed nothing before it.
public final class EventLog {
  private EventLog() {}

  /// Numbers and writes what the transaction told. The workspace's row is the lock that makes the
  /// order of numbers the order of commits.
  static void append(Tx tx) {
    var events = tx.events();
    if (events.isEmpty()) {
      return;
    }
    long seq =
        tx.query(
                """
                update workspace set event_seq = event_seq + :count where id = :workspace
                returning event_seq
                """)
            .bind("count", events.size())
            .mapTo(Long.class)
            .one();
    write(tx, numbered(events, seq - events.size()));
  }

  /// @param parentSeq the number of the event that brought this one about, or null
  private record Numbered(long seq, Event event, @Nullable Long parentSeq) {}

  private static List<Numbered> numbered(List<Tx.Told> events, long before) {
    // Two events that say the same are still two.
    var numbers = new IdentityHashMap<Event, Long>();
    var numbered = new ArrayList<Numbered>(events.size());
    long seq = before;
    for (var told : events) {
      var parent = told.parent();
      numbered.add(new Numbered(++seq, told.event(), parent == null ? null : numbers.get(parent)));
      numbers.put(told.event(), seq);
    }
    return numbered;
  }

  private static void write(Tx tx, List<Numbered> events) {
    tx.<Numbered>bulk(
        """
        insert into event (workspace_id, seq, id, type, subject_id, origin, cause, reason_code,
                           occurred_at, snapshot, parent_seq)
        select :workspace, seq, id, type, subject_id, origin, cause, reason_code, :now,
               snapshot::jsonb, parent_seq
        from unnest(:seq::bigint[], :id::text[], :type::text[], :subjectId::text[],
                    :origin::text[], :cause::text[], :reasonCode::text[], :snapshot::text[],
                    :parentSeq::bigint[])
          as r (seq, id, type, subject_id, origin, cause, reason_code, snapshot, parent_seq)
        """,
        events,
        (row, numbered) -> {
          var event = numbered.event();
          row.bind("seq", numbered.seq())
              .bind("id", "evt_" + UUID.randomUUID().toString().replace("-", ""))
              .bind("type", event.type())
              .bind("subjectId", event.subjectId())
              .bind("origin", event.origin().word())
              .bind("cause", event.cause())
              .bind("reasonCode", event.reasonCode())
              .bind("snapshot", event.snapshot())
              .bind("parentSeq", numbered.parentSeq());
        });
  }

  /// The events after a number, oldest first.
  ///
  /// @param types only of these
  /// @param subjectIds only what happened to these, or null for all
  public static List<Occurrence> read(
      Tx tx,
      Collection<String> types,
      @Nullable Collection<String> subjectIds,
      long afterSeq,
      int limit) {
    return tx.query(
            """
            select seq, id, type, subject_id, origin, cause, reason_code, occurred_at, snapshot,
                   parent_seq
            from event
            where workspace_id = :workspace and seq > :afterSeq
              and type = any(:types)
              and (:ofAll or subject_id = any(:subjectIds))
            order by seq
            limit :limit
            """)
        .bind("afterSeq", afterSeq)
        .bindArray("types", String.class, types)
        .bind("ofAll", subjectIds == null)
        .bindArray("subjectIds", String.class, subjectIds == null ? List.of() : subjectIds)
        .bind("limit", limit)
        .map((row, _) -> occurrence(row))
        .list();
  }

  /// The event of a number, for the server itself.
  public static Occurrence get(Handle handle, String workspace, long seq) {
    RowSight.turnTo(handle, workspace);
    return handle
        .createQuery(
            """
            select seq, id, type, subject_id, origin, cause, reason_code, occurred_at, snapshot,
                   parent_seq
            from event
            where workspace_id = :workspace and seq = :seq
            """)
        .bind("workspace", workspace)
        .bind("seq", seq)
        .map((row, _) -> occurrence(row))
        .one();
  }

  private static Occurrence occurrence(ResultSet row) throws SQLException {
    return new Occurrence(
        row.getLong("seq"),
        row.getString("id"),
        row.getTimestamp("occurred_at").toInstant(),
        new Event(
            row.getString("type"),
            row.getString("subject_id"),
            new Origin(row.getString("origin")),
            row.getString("cause"),
            row.getString("reason_code"),
            row.getString("snapshot")),
        row.getObject("parent_seq", Long.class));
  }

  /// The number of the last event there is, 0 if none.
  public static long last(Tx tx) {
    return tx.query("select event_seq from workspace where id = :workspace")
        .mapTo(Long.class)
        .one();
  }
}
