package dev.keyreeve.directdebit.collection;

import static dev.keyreeve.directdebit.collection.CollectionRows.instant;

import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of attempts. Whoever changes one holds the lock of its mandate.
final class AttemptRows {
  private static final String SELECT =
      """
      select id, collection_id, mandate_id, n, code, amount, input_on, processing_on, entry_on,
             status, reason, late, submitted_at, failed_at, settled_at, provider_ref, taken_up
      from attempt
      where workspace_id = :workspace
      """;

  private AttemptRows() {}

  static void insert(Tx tx, List<Attempt> attempts, @Nullable String submissionId) {
    tx.<Attempt>bulk(
        """
        insert into attempt (id, workspace_id, collection_id, mandate_id, n, code, amount, input_on,
                             processing_on, entry_on, submission_id, status, submitted_at)
        select id, :workspace, collection_id, mandate_id, n, code, amount, input_on,
               processing_on, entry_on, submission_id, 'submitted', :now
        from unnest(:id::text[], :collection::text[], :mandate::text[], :n::integer[],
                    :code::text[], :amount::bigint[], :inputOn::date[], :processingOn::date[],
                    :entryOn::date[], :submissionId::text[])
          as r (id, collection_id, mandate_id, n, code, amount, input_on, processing_on, entry_on,
                submission_id)
        """,
        attempts,
        (row, attempt) ->
            row.bind("id", attempt.id().text())
                .bind("collection", attempt.collection().text())
                .bind("mandate", attempt.mandate().text())
                .bind("n", attempt.n())
                .bind("code", attempt.code().code())
                .bind("amount", attempt.amount())
                .bind("inputOn", attempt.cycle().inputDay())
                .bind("processingOn", attempt.cycle().processingDay())
                .bind("entryOn", attempt.cycle().entryDay())
                .bind("submissionId", submissionId));
  }

  static void update(Tx tx, List<Attempt> attempts) {
    tx.<Attempt>bulk(
        """
        update attempt a
        set status = r.status, reason = r.reason, late = r.late, failed_at = r.failed_at,
            settled_at = r.settled_at, taken_up = r.taken_up
        from unnest(:id::text[], :status::text[], :reason::text[], :late::boolean[],
                    :failedAt::timestamptz[], :settledAt::timestamptz[],
                    :takenUp::integer[])
          as r (id, status, reason, late, failed_at, settled_at, taken_up)
        where a.workspace_id = :workspace and a.id = r.id
        """,
        attempts,
        (row, attempt) ->
            row.bind("id", attempt.id().text())
                .bind("status", attempt.status().word())
                .bind("reason", attempt.reason())
                .bind("late", attempt.late())
                .bind("failedAt", attempt.failedAt())
                .bind("settledAt", attempt.settledAt())
                .bind("takenUp", attempt.takenUp()));
  }

  /// Keeps for which days an attempt is.
  static void schedule(Tx tx, AttemptId id, Cycle cycle) {
    tx.update(
            """
            update attempt set input_on = :inputOn, processing_on = :processingOn, entry_on = :entryOn
            where workspace_id = :workspace and id = :id
            """)
        .bind("inputOn", cycle.inputDay())
        .bind("processingOn", cycle.processingDay())
        .bind("entryOn", cycle.entryDay())
        .bind("id", id.text())
        .execute();
  }

  static void name(Tx tx, AttemptId id, String providerRef) {
    tx.update(
            """
            update attempt set provider_ref = :ref
            where workspace_id = :workspace and id = :id and provider_ref is null
            """)
        .bind("ref", providerRef)
        .bind("id", id.text())
        .execute();
  }

  static Optional<Attempt> find(Tx tx, AttemptId id) {
    return tx.query(SELECT + "and id = :id")
        .bind("id", id.text())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Those that went out with a submission.
  static List<AttemptId> sentWith(Tx tx, String submissionId) {
    return tx.query(
            """
            select id from attempt
            where workspace_id = :workspace and submission_id = :submission
            order by mandate_id, id
            """)
        .bind("submission", submissionId)
        .map((row, _) -> new AttemptId(row.getString("id")))
        .list();
  }

  /// Of all these collections, the first attempt first.
  static List<Attempt> of(Tx tx, List<CollectionId> collections) {
    return tx.query(SELECT + "and collection_id = any(:collections) order by collection_id, n")
        .bindArray(
            "collections", String.class, collections.stream().map(CollectionId::text).toList())
        .map((row, _) -> read(row))
        .list();
  }

  /// Those in a status whose entry day is no later, and whose mandates are held. Leaves out what
  /// stands in a file that nobody has sent: no payer was asked for it.
  private static final String SENT =
      """
      and (submission_id is null or submission_id in (
        select id from submission where status in ('sent', 'accepted', 'partly_rejected')))
      """;

  static List<Attempt> in(Tx tx, AttemptStatus status, LocalDate entryOn) {
    return tx.query(
            SELECT
                + "and status = :status and entry_on <= :entryOn "
                + SENT
                + "order by mandate_id, id")
        .bind("status", status.word())
        .bind("entryOn", entryOn)
        .map((row, _) -> read(row))
        .list();
  }

  static List<String> mandatesOf(Tx tx, AttemptStatus status, LocalDate entryOn) {
    return tx.query(
            """
            select distinct mandate_id from attempt
            where workspace_id = :workspace and status = :status and entry_on <= :entryOn
            """
                + SENT)
        .bind("status", status.word())
        .bind("entryOn", entryOn)
        .mapTo(String.class)
        .list();
  }

  private static Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        new AttemptId(row.getString("id")),
        new CollectionId(row.getString("collection_id")),
        new MandateId(row.getString("mandate_id")),
        row.getInt("n"),
        TransactionCode.find(row.getString("code")).orElseThrow(),
        row.getLong("amount"),
        new Cycle(
            row.getObject("input_on", LocalDate.class),
            row.getObject("processing_on", LocalDate.class),
            row.getObject("entry_on", LocalDate.class)),
        AttemptStatus.parse(row.getString("status")),
        row.getString("reason"),
        row.getBoolean("late"),
        row.getTimestamp("submitted_at").toInstant(),
        instant(row, "failed_at"),
        instant(row, "settled_at"),
        row.getString("provider_ref"),
        row.getInt("taken_up"));
  }
}
