package dev.keyreeve.directdebit.collection;

import static java.util.Comparator.comparing;

import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.tenancy.Columns;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of collections. Whoever changes one holds the lock of its mandate.
final class CollectionRows {
  static final String COLUMNS =
      """
      c.id, c.mandate_id, c.schedule_id, c.period, c.is_last, c.amount, c.due_on, c.entry_on,
      c.first_entry_on, c.status, c.since, c.expected_final_on, c.blocked, c.needs_notice,
      c.notice_sent_at, c.stage, c.reason, c.late, c.description, c.version, c.created_at,
      c.updated_at
      """;

  private static final String SELECT =
      "select " + COLUMNS + " from collection c where c.workspace_id = :workspace ";

  /// What a new row has and a changed one gets.
  private static final String COLUMNS_BOTH =
      """
      :id::text[], :amount::bigint[], :dueOn::date[], :entryOn::date[], :firstEntryOn::date[],
      :status::text[], :since::timestamptz[], :final::boolean[], :expectedFinalOn::date[],
      :blocked::text[], :needsNotice::boolean[], :noticeSentAt::timestamptz[], :stage::text[],
      :reason::text[], :late::boolean[], :version::integer[]""";

  private static final String NAMES_BOTH =
      """
      id, amount, due_on, entry_on, first_entry_on, status, since, outcome_final,
      expected_final_on, blocked, needs_notice, notice_sent_at, stage, reason, late, version""";

  private CollectionRows() {}

  static void insert(Tx tx, List<Collection> collections) {
    tx.<Collection>bulk(
        """
        insert into collection (id, workspace_id, mandate_id, schedule_id, period, is_last, amount,
                                due_on, entry_on, first_entry_on, status, since, outcome_final,
                                expected_final_on, blocked, needs_notice, notice_sent_at, stage,
                                reason, late, description, version, created_at, updated_at)
        select id, :workspace, mandate_id, schedule_id, period, is_last, amount,
               due_on, entry_on, first_entry_on, status, since, outcome_final,
               expected_final_on, blocked, needs_notice, notice_sent_at, stage,
               reason, late, description, version, :now, :now
        from unnest("""
            + COLUMNS_BOTH
            + """
            , :mandate::text[], :scheduleId::text[], :period::text[], :isLast::boolean[],
              :description::text[])
          as r ("""
            + NAMES_BOTH
            + """
            , mandate_id, schedule_id, period, is_last, description)
            """,
        collections,
        (row, collection) ->
            bind(row, collection)
                .bind("mandate", collection.mandate().text())
                .bind("scheduleId", collection.scheduleId())
                .bind("period", collection.period())
                .bind("isLast", collection.isLast())
                .bind("description", collection.description()));
  }

  static void update(Tx tx, List<Collection> collections) {
    tx.<Collection>bulk(
        """
        update collection c
        set amount = r.amount, due_on = r.due_on, entry_on = r.entry_on,
            first_entry_on = r.first_entry_on, status = r.status, since = r.since,
            outcome_final = r.outcome_final, expected_final_on = r.expected_final_on,
            blocked = r.blocked, needs_notice = r.needs_notice,
            notice_sent_at = r.notice_sent_at, stage = r.stage, reason = r.reason, late = r.late,
            version = r.version, updated_at = :now
        from unnest("""
            + COLUMNS_BOTH
            + ") as r ("
            + NAMES_BOTH
            + ") where c.workspace_id = :workspace and c.id = r.id",
        collections,
        CollectionRows::bind);
  }

  private static Columns bind(Columns row, Collection collection) {
    var blocked = collection.blocked();
    var stage = collection.stage();
    return row.bind("id", collection.id().text())
        .bind("amount", collection.amount())
        .bind("dueOn", collection.dueOn())
        .bind("entryOn", collection.entryOn())
        .bind("firstEntryOn", collection.firstEntryOn())
        .bind("status", collection.status().word())
        .bind("since", collection.since())
        .bind("final", collection.status().isFinal())
        .bind("expectedFinalOn", collection.expectedFinalOn())
        .bind("blocked", blocked == null ? null : blocked.word())
        .bind("needsNotice", collection.needsNotice())
        .bind("noticeSentAt", collection.noticeSentAt())
        .bind("stage", stage == null ? null : stage.word())
        .bind("reason", collection.reason())
        .bind("late", collection.late())
        .bind("version", collection.version());
  }

  static Optional<Collection> find(Tx tx, CollectionId id) {
    return tx.query(SELECT + "and c.id = :id")
        .bind("id", id.text())
        .map((row, _) -> read(row))
        .findOne();
  }

  static List<Collection> all(Tx tx, List<CollectionId> ids) {
    return tx.query(SELECT + "and c.id = any(:ids)")
        .bindArray("ids", String.class, ids.stream().map(CollectionId::text).toList())
        .map((row, _) -> read(row))
        .list();
  }

  /// Those of a mandate that are planned, to be retried or under way, the earliest first.
  static List<Collection> openUnder(Tx tx, MandateId mandate) {
    return tx
        .query(
            SELECT
                + """
                and c.mandate_id = :mandate
                and c.status in ('scheduled', 'pending_submission', 'submitted', 'retrying')
                """)
        .bind("mandate", mandate.text())
        .map((row, _) -> read(row))
        .list()
        .stream()
        .sorted(comparing(Collection::entryOn).thenComparing(each -> each.id().text()))
        .toList();
  }

  /// What a run has to look at: what is to be with a bank by an entry day and is not. What waits
  /// for a mandate that has yet to come into force is left in peace, and so is what waits for a
  /// provider for as long as a debit can be presented again.
  private static final String DUE =
      """
      and c.status in ('scheduled', 'pending_submission', 'retrying') and c.entry_on <= :entryOn
      and (c.blocked is distinct from 'provider'
           or c.first_entry_on < :entryOn - interval '1 month')
      and (c.blocked is distinct from 'mandate'
           or (select m.status from mandate m
               where m.workspace_id = :workspace and m.id = c.mandate_id)
              not in ('invited', 'invite_expired', 'pending_approval', 'pending_submission',
                      'submitted'))
      """;

  static List<String> mandatesOfDue(Tx tx, LocalDate entryOn) {
    return tx.query(
            "select distinct c.mandate_id from collection c where c.workspace_id = :workspace "
                + DUE)
        .bind("entryOn", entryOn)
        .mapTo(String.class)
        .list();
  }

  static List<Collection> due(Tx tx, LocalDate entryOn) {
    return tx.query(SELECT + DUE + "order by c.mandate_id, c.entry_on, c.id")
        .bind("entryOn", entryOn)
        .map((row, _) -> read(row))
        .list();
  }

  /// What a dawn has to look at under mandates that payers have agreed to: what goes out today, of
  /// what they are to be told by today, and what waits for no reason any more.
  private static final String STIRRING =
      """
      and c.id in (
        select o.id from collection o
        where o.workspace_id = :workspace and o.status in ('scheduled', 'pending_submission')
          and o.entry_on <= :entryOn and o.blocked is distinct from 'mandate'
        union
        select o.id from collection o
        where o.workspace_id = :workspace and o.status in ('scheduled', 'pending_submission')
          and o.needs_notice and o.notice_sent_at is null and o.entry_on <= :noticedOn
        union
        select o.id from collection o
        join mandate m on m.workspace_id = :workspace and m.id = o.mandate_id
        where o.workspace_id = :workspace and o.status in ('scheduled', 'pending_submission')
          and o.blocked = 'mandate' and m.status = 'active' and not m.resubmitting)
      and (select m.status from mandate m
           where m.workspace_id = :workspace and m.id = c.mandate_id)
          in ('pending_submission', 'submitted', 'active')
      """;

  static List<String> mandatesOfStirring(Tx tx, LocalDate entryOn, LocalDate noticedOn) {
    return tx.query(
            "select distinct c.mandate_id from collection c where c.workspace_id = :workspace "
                + STIRRING)
        .bind("entryOn", entryOn)
        .bind("noticedOn", noticedOn)
        .mapTo(String.class)
        .list();
  }

  static List<Collection> stirring(Tx tx, LocalDate entryOn, LocalDate noticedOn) {
    return tx.query(SELECT + STIRRING + "order by c.mandate_id, c.entry_on, c.id")
        .bind("entryOn", entryOn)
        .bind("noticedOn", noticedOn)
        .map((row, _) -> read(row))
        .list();
  }

  static Collection read(ResultSet row) throws SQLException {
    var blocked = row.getString("blocked");
    var stage = row.getString("stage");
    return new Collection(
        new CollectionId(row.getString("id")),
        new MandateId(row.getString("mandate_id")),
        row.getString("schedule_id"),
        row.getString("period"),
        row.getBoolean("is_last"),
        row.getLong("amount"),
        row.getObject("due_on", LocalDate.class),
        row.getObject("entry_on", LocalDate.class),
        row.getObject("first_entry_on", LocalDate.class),
        CollectionStatus.parse(row.getString("status")),
        row.getTimestamp("since").toInstant(),
        row.getObject("expected_final_on", LocalDate.class),
        blocked == null ? null : Blocked.parse(blocked),
        row.getBoolean("needs_notice"),
        instant(row, "notice_sent_at"),
        stage == null ? null : Stage.parse(stage),
        row.getString("reason"),
        row.getBoolean("late"),
        row.getString("description"),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
