package dev.keyreeve.directdebit.rail.reconciliation;

import dev.keyreeve.directdebit.bacs.Fault;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of reports. Their bytes name payers and accounts, so they are sealed.
final class ReportFileRows {

  private final FieldCipher cipher;
  private final RandomGenerator random;

  ReportFileRows(FieldCipher cipher, RandomGenerator random) {
    this.cipher = cipher;
    this.random = random;
  }

  /// Keeps a report, as one that came before if its bytes did.
  ///
  /// @return its id; whether it is a repetition is told by [#isRepeated]
  String insert(
      Across across,
      String serviceUser,
      @Nullable String kind,
      Imported.Status status,
      byte[] bytes,
      List<Fault> faults) {
    var id = Ulid.generate("rep_", across.now(), random);
    across
        .handle()
        .createUpdate(
            """
            insert into report_file (id, service_user_id, kind, status, sha256, sealed_file, faults,
                                     received_at)
            values (:id, :user, :kind, :status, :sha256, :file, :faults::jsonb, :now)
            """)
        .bind("id", id)
        .bind("user", serviceUser)
        .bind("kind", kind)
        .bind("status", status.name().toLowerCase(Locale.ROOT))
        .bind("sha256", sha256(bytes))
        .bind("file", cipher.seal(bytes, SealedColumns.REPORT.cell(id)))
        .bind("faults", faults.isEmpty() ? null : write(faults))
        .bind("now", across.now())
        .execute();
    return id;
  }

  /// Whether the same bytes were applied before. What could not be read may come again.
  static boolean isRepeated(Handle handle, String serviceUser, byte[] bytes) {
    return handle
        .createQuery(
            """
            select exists (select from report_file
                           where service_user_id = :user and sha256 = :sha256
                             and status = 'applied')
            """)
        .bind("user", serviceUser)
        .bind("sha256", sha256(bytes))
        .mapTo(Boolean.class)
        .one();
  }

  /// The last day in London on which a report came that could not be read, was not read since, and
  /// was not dismissed. One that is wholly another service user's was read, and has a kind.
  static @Nullable LocalDate unread(Handle handle, String serviceUser) {
    return handle
        .createQuery(
            """
            select max(f.received_at) from report_file f
            where f.service_user_id = :user and f.status = 'parked' and f.kind is null
              and not exists (
                select from report_file read
                where read.service_user_id = :user and read.sha256 = f.sha256
                  and read.status = 'applied')
            """)
        .bind("user", serviceUser)
        .mapTo(Timestamp.class)
        .findOne()
        .map(last -> London.dateOf(last.toInstant()))
        .orElse(null);
  }

  /// Ends the waiting of a report that could not be read, however often it came.
  ///
  /// @param by whose decision it was
  /// @return whether one waited
  static boolean dismiss(Across across, String serviceUser, String id, String by, String note) {
    return across
            .handle()
            .createUpdate(
                """
                update report_file
                set status = 'dismissed', ended_at = :now, ended_by = :by, note = :note
                where service_user_id = :user and status = 'parked' and sha256 = (
                  select sha256 from report_file
                  where service_user_id = :user and id = :id and status = 'parked')
                """)
            .bind("user", serviceUser)
            .bind("id", id)
            .bind("by", by)
            .bind("note", note)
            .bind("now", across.now())
            .execute()
        > 0;
  }

  byte[] bytes(Handle handle, String id) {
    var sealed =
        handle
            .createQuery("select sealed_file from report_file where id = :id")
            .bind("id", id)
            .mapTo(byte[].class)
            .one();
    return cipher.open(sealed, SealedColumns.REPORT.cell(id));
  }

  private static String write(List<Fault> faults) {
    var list = Json.array();
    for (var fault : faults) {
      list.addObject().put("line", fault.line()).put("problem", fault.problem());
    }
    return list.toString();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
