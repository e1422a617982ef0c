package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.bankreport.Advice;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceKey;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject;
import dev.keyreeve.directdebit.bacs.bankreport.Doubts;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.platform.tenancy.Across;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of advices. The first delivery of one claims its key.
final class AdviceRows {
  private static final String SELECT =
      """
      select key, report_file_id, status, why, words, reference, amount, day, workspace_id,
             mandate_id, attempt_id, told_at, ended_at, note
      from advice
      """;

  private AdviceRows() {}

  /// A row of the store.
  ///
  /// @param report null for what a provider tells
  record Kept(
      AdviceKey key,
      @Nullable String report,
      String status,
      @Nullable String why,
      String words,
      String reference,
      @Nullable Long amount,
      @Nullable LocalDate day,
      @Nullable String workspace,
      @Nullable String mandate,
      @Nullable String attempt,
      Instant toldAt,
      @Nullable Instant endedAt,
      @Nullable String note) {}

  /// Claims the key of an advice.
  ///
  /// @return whether nobody has told it before
  static boolean claim(Across across, String serviceUser, String report, Advice advice) {
    var debit = advice.subject() instanceof AdviceSubject.Debit subject ? subject : null;
    return across
            .handle()
            .createUpdate(
                """
                insert into advice (service_user_id, key, report_file_id, status, words, reference,
                                    amount, day, told_at)
                values (:user, :key, :report, 'parked', :words, :reference, :amount, :day, :now)
                on conflict do nothing
                """)
            .bind("user", serviceUser)
            .bind("key", advice.key().text())
            .bind("report", report)
            .bind("words", advice.words())
            .bind("reference", advice.subject().reference())
            .bind("amount", debit == null ? null : debit.amount().amount())
            .bind("day", debit == null ? null : debit.day())
            .bind("now", across.now())
            .execute()
        == 1;
  }

  static void applied(
      Handle handle, String serviceUser, AdviceKey key, Candidates.Match match, Instant now) {
    handle
        .createUpdate(
            """
            update advice
            set status = 'applied', why = null, workspace_id = :workspace, mandate_id = :mandate,
                attempt_id = :attempt, ended_at = :now
            where service_user_id = :user and key = :key
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .bind("workspace", match.workspace())
        .bind("mandate", match.mandate())
        .bind("attempt", match.attempt())
        .bind("now", now)
        .execute();
  }

  /// @param workspace whose it must be, if that at least is clear
  static void parked(
      Handle handle, String serviceUser, AdviceKey key, String why, @Nullable String workspace) {
    handle
        .createUpdate(
            """
            update advice set status = 'parked', why = :why, workspace_id = :workspace
            where service_user_id = :user and key = :key
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .bind("why", why)
        .bind("workspace", workspace)
        .execute();
  }

  /// A person has decided.
  static void decided(
      Handle handle, String serviceUser, AdviceKey key, String by, @Nullable String note) {
    handle
        .createUpdate(
            """
            update advice set ended_by = :by, note = :note
            where service_user_id = :user and key = :key
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .bind("by", by)
        .bind("note", note)
        .execute();
  }

  static void dismissed(Handle handle, String serviceUser, AdviceKey key, Instant now) {
    handle
        .createUpdate(
            """
            update advice set status = 'dismissed', ended_at = :now
            where service_user_id = :user and key = :key
            """)
        .bind("user", serviceUser)
        .bind("key", key.text())
        .bind("now", now)
        .execute();
  }

  static Optional<Kept> lock(Handle handle, String serviceUser, AdviceKey key) {
    return handle
        .createQuery(SELECT + " where service_user_id = :user and key = :key for update")
        .bind("user", serviceUser)
        .bind("key", key.text())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Newest first.
  static List<Kept> list(Handle handle, String serviceUser, @Nullable String status, int limit) {
    return handle
        .createQuery(
            SELECT
                + """
                where service_user_id = :user and (:status::text is null or status = :status)
                order by told_at desc, key
                limit :limit
                """)
        .bind("user", serviceUser)
        .bind("status", status)
        .bind("limit", limit)
        .map((row, _) -> read(row))
        .list();
  }

  /// What reports say of a service user and nobody has understood yet.
  static List<Doubts.Waiting> waiting(Handle handle, String serviceUser) {
    return handle
        .createQuery(
            """
            select reference, amount, day, told_at from advice
            where service_user_id = :user and status = 'parked' and report_file_id is not null
            """)
        .bind("user", serviceUser)
        .map(
            (row, _) -> {
              var amount = row.getObject("amount", Long.class);
              return new Doubts.Waiting(
                  row.getString("reference"),
                  amount == null ? null : new Pence(amount),
                  row.getObject("day", LocalDate.class),
                  London.dateOf(row.getTimestamp("told_at").toInstant()));
            })
        .list();
  }

  private static Kept read(ResultSet row) throws SQLException {
    var endedAt = row.getTimestamp("ended_at");
    return new Kept(
        new AdviceKey(row.getString("key")),
        row.getString("report_file_id"),
        row.getString("status"),
        row.getString("why"),
        row.getString("words"),
        row.getString("reference"),
        row.getObject("amount", Long.class),
        row.getObject("day", LocalDate.class),
        row.getString("workspace_id"),
        row.getString("mandate_id"),
        row.getString("attempt_id"),
        row.getTimestamp("told_at").toInstant(),
        endedAt == null ? null : endedAt.toInstant(),
        row.getString("note"));
  }
}
