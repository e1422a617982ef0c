package dev.keyreeve.directdebit.rail.submission;

import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.origin.Origin;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.directdebit.rail.scheme.Item;
import dev.keyreeve.directdebit.rail.scheme.Sealed;
import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.event.Event;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of submissions, which belong to the server: one carries the items of several
/// workspaces. Whoever changes one holds its row.
public final class Submissions {

  private static final String SELECT =
      """
      select id, service_user_id, serial, status, input_day, encode(sha256, 'hex') as sha256,
             debits, debit_total, instructions, sealed_at, sent_at, answered_at, duplicate_of
      from submission
      """;

  private final FieldCipher cipher;
  private final RandomGenerator random;

  public Submissions(FieldCipher cipher, RandomGenerator random) {
    this.cipher = cipher;
    this.random = random;
  }

  /// How many there are of an input day.
  static int count(Handle handle, String serviceUser, LocalDate inputDay) {
    return handle
        .createQuery(
            """
            select count(*) from submission
            where service_user_id = :user and input_day = :day
            """)
        .bind("user", serviceUser)
        .bind("day", inputDay)
        .mapTo(Integer.class)
        .one();
  }

  /// Keeps what is sealed.
  String insert(Across across, String serviceUser, LocalDate inputDay, Sealed sealed) {
    var id = Ulid.generate("sub_", across.now(), random);
    var file = sealed.file();
    int debits = (int) sealed.items().stream().filter(item -> item.code().isDebit()).count();
    long total = sealed.items().stream().mapToLong(item -> item.amount().amount()).sum();
    across
        .handle()
        .createUpdate(
            """
            insert into submission (id, service_user_id, serial, status, input_day, sealed_file,
                                    sha256, debits, debit_total, instructions, sealed_at,
                                    duplicate_of)
            values (:id, :user, :serial, 'sealed', :day, :file, :sha256, :debits, :total,
                    :instructions, :now,
                    (select min(id) from submission
                     where service_user_id = :user and input_day = :day and status <> 'withdrawn'
                       and debits = :debits and debit_total = :total and debits > 0))
            """)
        .bind("id", id)
        .bind("user", serviceUser)
        .bind("serial", file == null ? null : file.serial().text())
        .bind("day", inputDay)
        .bind(
            "file",
            file == null ? null : cipher.seal(file.bytes(), SealedColumns.SUBMISSION.cell(id)))
        .bind("sha256", file == null ? null : sha256(file.bytes()))
        .bind("debits", debits)
        .bind("total", total)
        .bind("instructions", sealed.items().size() - debits)
        .bind("now", across.now())
        .execute();
    return id;
  }

  /// The bytes that were sealed.
  byte[] file(Handle handle, String id) {
    var sealed =
        handle
            .createQuery("select sealed_file from submission where id = :id")
            .bind("id", id)
            .mapTo(byte[].class)
            .one();
    return cipher.open(sealed, SealedColumns.SUBMISSION.cell(id));
  }

  static Optional<Submission> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  static Optional<Submission> lock(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where id = :id for update")
        .bind("id", id)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Newest first.
  ///
  /// @param before only older ones than this, or null
  static List<Submission> list(
      Handle handle, String serviceUser, @Nullable String before, int limit) {
    return handle
        .createQuery(
            SELECT
                + """
                where service_user_id = :user and (:before::text is null or id < :before)
                order by id desc
                limit :limit
                """)
        .bind("user", serviceUser)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, _) -> read(row))
        .list();
  }

  /// Those that a scheme has to deliver.
  static List<String> undelivered(Handle handle, List<String> schemes) {
    return handle
        .createQuery(
            """
            select b.id from submission b
            join service_user s on s.id = b.service_user_id
            where b.status = 'sealed' and s.scheme = any(:schemes)
            order by b.id
            limit 1000
            """)
        .bindArray("schemes", String.class, schemes)
        .mapTo(String.class)
        .list();
  }

  /// Moves a submission on, and tells each workspace that has something in it. A status that the
  /// submission cannot come to any more changes nothing.
  ///
  /// @return whether it moved
  static boolean move(Across across, Submission submission, SubmissionStatus status) {
    if (!submission.status().next().contains(status)) return false;

    across
        .handle()
        .createUpdate(
            """
            update submission
            set status = :status,
                sent_at = case when :status = 'sent' then :now else sent_at end,
                answered_at = case when :status in ('accepted', 'partly_rejected', 'rejected')
                                   then :now else answered_at end
            where id = :id
            """)
        .bind("id", submission.id())
        .bind("status", status.word())
        .bind("now", across.now())
        .execute();
    for (var workspace : ServiceUsers.workspaces(across.handle(), submission.serviceUser())) {
      across.in(
          workspace,
          tx -> {
            tell(tx, submission, status, contents(tx, submission.id()));
            return tx;
          });
    }
    return true;
  }

  /// What bank reports say of a whole submission, found by its serial: the newest one of it that is
  /// not withdrawn.
  ///
  /// @return whether there is such a submission
  public static boolean answered(
      Across across, String serviceUser, VolumeSerial serial, SubmissionStatus status) {
    var found = lock(across, serviceUser, serial);
    found.ifPresent(submission -> move(across, submission, status));
    return found.isPresent();
  }

  /// The same, from how many of its records were not taken in, whether debits or instructions.
  ///
  /// @return whether there is such a submission
  public static boolean answered(
      Across across, String serviceUser, VolumeSerial serial, int rejected) {
    var found = lock(across, serviceUser, serial);
    found.ifPresent(
        submission -> {
          var status =
              rejected == 0
                  ? SubmissionStatus.ACCEPTED
                  : rejected < submission.debits() + submission.instructions()
                      ? SubmissionStatus.PARTLY_REJECTED
                      : SubmissionStatus.REJECTED;
          move(across, submission, status);
        });
    return found.isPresent();
  }

  private static Optional<Submission> lock(Across across, String serviceUser, VolumeSerial serial) {
    return across
        .handle()
        .createQuery(
            SELECT
                + """
                where service_user_id = :user and serial = :serial and status <> 'withdrawn'
                order by input_day desc
                limit 1
                for update
                """)
        .bind("user", serviceUser)
        .bind("serial", serial.text())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// What a workspace has in a submission.
  record Contents(int debits, long debitTotal, int instructions) {
    static Contents of(List<Item> items) {
      int debits = (int) items.stream().filter(item -> item.code().isDebit()).count();
      long total = items.stream().mapToLong(item -> item.amount().amount()).sum();
      return new Contents(debits, total, items.size() - debits);
    }
  }

  static Contents contents(Tx tx, String submission) {
    return tx.query(
            """
            select (select count(*) from attempt
                    where workspace_id = :workspace and submission_id = :id) as debits,
                   (select coalesce(sum(amount), 0) from attempt
                    where workspace_id = :workspace and submission_id = :id) as total,
                   (select count(*) from instruction
                    where workspace_id = :workspace and submission_id = :id) as instructions
            """)
        .bind("id", submission)
        .map(
            (row, _) ->
                new Contents(
                    row.getInt("debits"), row.getLong("total"), row.getInt("instructions")))
        .one();
  }

  /// Tells a workspace, which learns nothing of what others have in the submission.
  static void tell(Tx tx, Submission submission, SubmissionStatus status, Contents contents) {
    if (contents.debits() + contents.instructions() == 0) return;

    var snapshot =
        Json.object()
            .put("id", submission.id())
            .put("status", status.word())
            .put("inputDay", submission.inputDay().toString())
            .put("debits", contents.debits())
            .put("debitTotal", contents.debitTotal())
            .put("instructions", contents.instructions());
    if (submission.serial() != null) snapshot.put("serial", submission.serial().text());
    if (submission.duplicateOf() != null) snapshot.put("duplicateOf", submission.duplicateOf());
    var origin =
        switch (status) {
          case SEALED -> Origin.CLOCK;
          case SENT, WITHDRAWN -> Origin.by(tx.by());
          case ACCEPTED, PARTLY_REJECTED, REJECTED -> Origin.BANK;
        };
    tx.emit(
        new Event(
            SubmissionEvent.of(status).type(),
            submission.id(),
            origin.told(),
            null,
            null,
            snapshot.toString()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Submission read(ResultSet row) throws SQLException {
    var serial = row.getString("serial");
    var sentAt = row.getTimestamp("sent_at");
    var answeredAt = row.getTimestamp("answered_at");
    return new Submission(
        row.getString("id"),
        row.getString("service_user_id"),
        serial == null ? null : new VolumeSerial(serial),
        SubmissionStatus.ofWord(row.getString("status")),
        row.getObject("input_day", LocalDate.class),
        row.getString("sha256"),
        row.getInt("debits"),
        row.getLong("debit_total"),
        row.getInt("instructions"),
        row.getTimestamp("sealed_at").toInstant(),
        sentAt == null ? null : sentAt.toInstant(),
        answeredAt == null ? null : answeredAt.toInstant(),
        row.getString("duplicate_of"));
  }
}
