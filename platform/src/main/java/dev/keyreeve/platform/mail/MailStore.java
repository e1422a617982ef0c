package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.tenancy.Within;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of mails, as people read them and as they end.
final class MailStore {
  private static final String SELECT =
      """
      select id, workspace_id, kind, subject_id, recipient_id, status, attempts, queued_at,
             next_try_at, ended_at, answer
      from mail
      """;

  private MailStore() {}

  static List<MailView> list(
      Handle handle,
      String workspace,
      @Nullable MailStatus status,
      @Nullable String subjectId,
      @Nullable String before,
      int limit) {
    return handle
        .createQuery(
            SELECT
                + """
                where workspace_id = :workspace
                  and (:status::text is null or status = :status)
                  and (:subjectId::text is null or subject_id = :subjectId)
                  and (:before::text is null or id < :before)
                order by id desc
                limit :limit
                """)
        .bind("workspace", workspace)
        .bind("status", status == null ? null : status.word())
        .bind("subjectId", subjectId)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, _) -> view(row))
        .list();
  }

  /// In whichever workspace.
  static Optional<MailView> find(Handle handle, String id, Within within) {
    return within
        .bind(handle.createQuery(SELECT + "where id = :id and " + within.workspace("workspace_id")))
        .bind("id", id)
        .map((row, _) -> view(row))
        .findOne();
  }

  /// Ends a mail that waits.
  ///
  /// @return whether it did
  static boolean end(Tx tx, String id, MailStatus status, @Nullable String answer) {
    return tx.update(
                """
                update mail
                set status = :status, sealed_message = null, next_try_at = null, ended_at = :now,
                    answer = :answer
                where workspace_id = :workspace and id = :id and status = 'queued'
                """)
            .bind("id", id)
            .bind("status", status.word())
            .bind("answer", answer)
            .execute()
        == 1;
  }

  /// Notes that a mail came back, whether or not it is known to have gone out.
  ///
  /// @return whether that is new
  static boolean bounced(Tx tx, String id, DeliveryStatus.Bounced bounce) {
    return tx.update(
                """
                update mail
                set status = 'bounced', sealed_message = null, next_try_at = null, ended_at = :now,
                    answer = :answer
                where workspace_id = :workspace and id = :id and status in ('queued', 'sent')
                """)
            .bind("id", id)
            .bind("answer", bounce.answer())
            .execute()
        == 1;
  }

  static void forget(Handle handle, Instant before) {
    handle
        .createUpdate("delete from mail where ended_at < :before")
        .bind("before", before)
        .execute();
  }

  private static MailView view(ResultSet row) throws SQLException {
    return new MailView(
        row.getString("id"),
        row.getString("workspace_id"),
        row.getString("kind"),
        row.getString("subject_id"),
        row.getString("recipient_id"),
        MailStatus.parse(row.getString("status")),
        row.getInt("attempts"),
        row.getTimestamp("queued_at").toInstant(),
        instant(row.getTimestamp("next_try_at")),
        instant(row.getTimestamp("ended_at")),
        row.getString("answer"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
