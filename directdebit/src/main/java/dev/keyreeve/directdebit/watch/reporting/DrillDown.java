package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The single claims and failures behind the rates, newest first.
final class DrillDown {
  private static final Cursor CLAWBACKS = new Cursor("clawbacks");
  private static final Cursor FAILURES = new Cursor("failures");

  private DrillDown() {}

  /// @param from the first day wanted, and `to` the last: of receipt for clawbacks, of the return
  ///   for failures
  /// @param reason only those with this code
  /// @param limit 50 unless said
  /// @param cursor the `nextCursor` of the page before
  record Wanted(
      LocalDate from,
      LocalDate to,
      @Nullable @Text(max = 100) String reason,
      @Nullable MandateId mandateId,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 200) String cursor) {}

  /// @param standing whether it is neither withdrawn nor successfully challenged
  /// @param amount in pence
  /// @param daysToClaim calendar days from the debit to the receipt of the claim
  /// @param collectionId absent, as is `attemptId`, while nobody knows which debit is meant
  record ClawbackRow(
      String id,
      String bankRef,
      String reference,
      String reason,
      String status,
      boolean standing,
      long amount,
      LocalDate receivedOn,
      LocalDate challengeBy,
      LocalDate settlesOn,
      @Nullable String mandateId,
      @Nullable String collectionId,
      @Nullable String attemptId,
      @Nullable Integer daysToClaim) {}

  /// @param attempt 1 for the first presentation
  /// @param stage `input` if the scheme did not take the debit in, otherwise `bank`
  /// @param late whether it had counted as settled before
  /// @param amount in pence
  record FailureRow(
      String attemptId,
      String collectionId,
      String mandateId,
      String reference,
      @Nullable String payerExternalRef,
      int attempt,
      long amount,
      LocalDate entryOn,
      Instant failedAt,
      String stage,
      @Nullable String reason,
      boolean late) {}

  private record AfterDay(LocalDate day, String id) {
    static AfterDay parse(String key) {
      int bar = key.indexOf('|');
      if (bar != 10) throw new IllegalArgumentException("not a key");
      try {
        return new AfterDay(LocalDate.parse(key.substring(0, bar)), key.substring(bar + 1));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("not a key", e);
      }
    }
  }

  private record AfterInstant(Instant at, String id) {
    static AfterInstant parse(String key) {
      int bar = key.indexOf('|');
      if (bar < 1) throw new IllegalArgumentException("not a key");
      try {
        return new AfterInstant(Instant.parse(key.substring(0, bar)), key.substring(bar + 1));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("not a key", e);
      }
    }
  }

  static Outcome<Page<ClawbackRow>> clawbacks(Tx tx, Wanted wanted) {
    return clawbacks(tx, wanted, Page.limit(wanted.limit()));
  }

  static Outcome<Page<ClawbackRow>> clawbacks(Tx tx, Wanted wanted, int limit) {
    return DateRange.of(wanted.from(), wanted.to())
        .then(
            _ ->
                CLAWBACKS
                    .read(wanted.cursor(), AfterDay::parse)
                    .then(after -> Outcome.done(clawbacks(tx, wanted, after.orElse(null), limit))));
  }

  private static Page<ClawbackRow> clawbacks(
      Tx tx, Wanted wanted, @Nullable AfterDay after, int limit) {
    var rows =
        tx.query(
                """
                select l.id, l.bank_ref, l.reference, l.reason, l.status, l.amount, l.received_on,
                       l.challenge_by, l.settles_on, l.mandate_id, l.collection_id, l.attempt_id,
                       l.received_on - t.entry_on as days
                from claim l
                left join attempt t on t.id = l.attempt_id and t.workspace_id = :workspace
                where l.workspace_id = :workspace and l.received_on between :from and :to
                  and (:reason::text is null or l.reason = :reason)
                  and (:mandateId::text is null or l.mandate_id = :mandateId)
                  and (:afterId::text is null or (l.received_on, l.id) < (:afterDay, :afterId))
                order by l.received_on desc, l.id desc
                limit :limit
                """)
            .bind("from", wanted.from())
            .bind("to", wanted.to())
            .bind("reason", wanted.reason())
            .bind("mandateId", wanted.mandateId() == null ? null : wanted.mandateId().text())
            .bind("afterDay", after == null ? wanted.to() : after.day())
            .bind("afterId", after == null ? null : after.id())
            .bind("limit", limit + 1)
            .map((row, _) -> clawback(row))
            .list();
    return Page.of(rows, limit, last -> CLAWBACKS.after(last.receivedOn() + "|" + last.id()));
  }

  private static ClawbackRow clawback(ResultSet row) throws SQLException {
    var status = row.getString("status");
    return new ClawbackRow(
        row.getString("id"),
        row.getString("bank_ref"),
        row.getString("reference"),
        row.getString("reason"),
        status,
        !status.equals("withdrawn") && !status.equals("upheld"),
        row.getLong("amount"),
        row.getObject("received_on", LocalDate.class),
        row.getObject("challenge_by", LocalDate.class),
        row.getObject("settles_on", LocalDate.class),
        row.getString("mandate_id"),
        row.getString("collection_id"),
        row.getString("attempt_id"),
        row.getObject("days", Integer.class));
  }

  static Outcome<Page<FailureRow>> failures(Tx tx, Wanted wanted) {
    return failures(tx, wanted, Page.limit(wanted.limit()));
  }

  static Outcome<Page<FailureRow>> failures(Tx tx, Wanted wanted, int limit) {
    return DateRange.of(wanted.from(), wanted.to())
        .then(
            window ->
                FAILURES
                    .read(wanted.cursor(), AfterInstant::parse)
                    .then(
                        after ->
                            Outcome.done(failures(tx, wanted, window, after.orElse(null), limit))));
  }

  private static Page<FailureRow> failures(
      Tx tx, Wanted wanted, DateRange window, @Nullable AfterInstant after, int limit) {
    var rows =
        tx.query(
                """
                select t.id, t.collection_id, t.mandate_id, m.reference, p.external_ref, t.n,
                       t.amount, t.entry_on, t.failed_at, t.status, t.reason, t.late
                from attempt t
                join mandate m on m.id = t.mandate_id and m.workspace_id = :workspace
                join payer p on p.id = m.payer_id and p.workspace_id = :workspace
                where t.workspace_id = :workspace and t.failed_at >= :start and t.failed_at < :end
                  and t.status in ('failed', 'rejected')
                  and (:reason::text is null or t.reason = :reason)
                  and (:mandateId::text is null or t.mandate_id = :mandateId)
                  and (:afterId::text is null or (t.failed_at, t.id) < (:afterAt, :afterId))
                order by t.failed_at desc, t.id desc
                limit :limit
                """)
            .bind("start", window.start())
            .bind("end", window.end())
            .bind("reason", wanted.reason())
            .bind("mandateId", wanted.mandateId() == null ? null : wanted.mandateId().text())
            .bind("afterAt", after == null ? window.end() : after.at())
            .bind("afterId", after == null ? null : after.id())
            .bind("limit", limit + 1)
            .map((row, _) -> failure(row))
            .list();
    return Page.of(rows, limit, last -> FAILURES.after(last.failedAt() + "|" + last.attemptId()));
  }

  private static FailureRow failure(ResultSet row) throws SQLException {
    return new FailureRow(
        row.getString("id"),
        row.getString("collection_id"),
        row.getString("mandate_id"),
        row.getString("reference"),
        row.getString("external_ref"),
        row.getInt("n"),
        row.getLong("amount"),
        row.getObject("entry_on", LocalDate.class),
        row.getTimestamp("failed_at").toInstant(),
        row.getString("status").equals("rejected") ? "input" : "bank",
        row.getString("reason"),
        row.getBoolean("late"));
  }
}
