package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
import dev.keyreeve.platform.delivery.Dispatcher;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Mail that waits to be sent. A message is put into the transaction that wants it, so there is a
/// mail if, and only if, that commits; it is handed over later, at least once, always with the same
/// `Message-ID`. What is not taken is tried again for three days.
///
/// A mail waits and is due by the server's clock, and ends by the clock of the service that queued
/// it: a sandbox that is far ahead sends now, and sees its mail sent in its own time.
///
/// A message is sealed while it waits and forgotten when it has ended. What is left, for 90 days,
/// names nobody: which kind, about what, to whose id, and what became of it.
public final class MailQueue {
  public static final List<SealedColumn> SEALED_COLUMNS = List.of(SealedMessage.COLUMN);

  static final Reason NO_SUCH_MAIL =
      new Reason(Code.NOT_FOUND, "mail_not_found", "This is about no mail that we sent.");
  static final Reason NOT_A_BOUNCE =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "not_a_bounce",
          "This is no report of a failed delivery (RFC 3464) with the message that failed.");

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final Duration ENDED_KEPT = Duration.ofDays(90);

  private final Jdbi jdbi;
  private final MailEnds ends;
  private final FieldCipher cipher;
  private final InstantSource clock;
  private final SecureRandom random;
  private final RandomGenerator jitter;

  /// @param tenancy by whose clock mail ends that no service has registered
  /// @param random makes ids
  /// @param jitter stretches the waits between tries
  public MailQueue(
      Jdbi jdbi,
      Tenancy tenancy,
      FieldCipher cipher,
      InstantSource clock,
      SecureRandom random,
      RandomGenerator jitter) {
    this.jdbi = jdbi;
    this.ends = new MailEnds(tenancy);
    this.cipher = cipher;
    this.clock = clock;
    this.random = random;
    this.jitter = jitter;
  }

  /// Has somebody told what becomes of a kind of mail; before anything is sent.
  ///
  /// @param tenancy of the service that queues this kind: by its clock the mail ends, in one of its
  ///   transactions
  public void listen(String kind, Tenancy tenancy, MailListener listener) {
    ends.register(kind, tenancy, listener);
  }

  /// Has a message sent if the transaction commits.
  ///
  /// @param kind such as `invite`
  /// @param subjectId what it is about
  /// @param recipientId who gets it
  public void put(Tx tx, String kind, String subjectId, String recipientId, Message message) {
    // The server's time and not the workspace's: a sandbox may be far ahead, and its mail is due
    // now.
    var now = clock.instant();
    var id = Ulid.generate("mai_", now, random);
    tx.update(
            """
            insert into mail (id, workspace_id, kind, subject_id, recipient_id, status,
                              sealed_message, queued_at, next_try_at)
            values (:id, :workspace, :kind, :subjectId, :recipientId, 'queued',
                    :sealed, :queuedAt, :queuedAt)
            """)
        .bind("id", id)
        .bind("kind", kind)
        .bind("subjectId", subjectId)
        .bind("recipientId", recipientId)
        .bind("queuedAt", now)
        .bind("sealed", SealedMessage.seal(cipher, id, message))
        .execute();
  }

  /// Stops what waits about something: what it leads to is over.
  public static void withdrawAbout(Tx tx, String subjectId) {
    withdraw(tx, "subject_id = :which", subjectId);
  }

  /// Stops what waits for somebody.
  public static void withdrawTo(Tx tx, String recipientId) {
    withdraw(tx, "recipient_id = :which", recipientId);
  }

  private static void withdraw(Tx tx, String condition, String which) {
    tx.update(
            """
            update mail
            set status = 'withdrawn', sealed_message = null, next_try_at = null, ended_at = :now
            where workspace_id = :workspace and status = 'queued' and
            """
                + condition)
        .bind("which", which)
        .execute();
  }

  /// Has mail sent as long as the schedule works.
  public void sendBy(Schedule schedule, Mailer mailer) {
    sendBy(schedule, mailer, LOOKS_EVERY);
  }

  void sendBy(Schedule schedule, Mailer mailer, Duration looksEvery) {
    dispatcher(mailer).runBy(schedule, "mail.send", "mail.look", looksEvery);
    schedule.every(
        Duration.ofHours(1), "mail.forget", () -> forget(clock.instant().minus(ENDED_KEPT)));
  }

  /// Sends what is due now, one after the other.
  ///
  /// @return how many mails were tried
  public int sendDue(Mailer mailer) {
    var dispatcher = dispatcher(mailer);
    var due = dispatcher.due();
    due.forEach(dispatcher::dispatch);
    return due.size();
  }

  private Dispatcher<?, ?> dispatcher(Mailer mailer) {
    var deliveries = new MailDeliveries(jdbi, cipher, ends, mailer);
    return new Dispatcher<>(deliveries, MailDeliveries.TERMS, clock, jitter);
  }

  /// The mails of a workspace, the newest first.
  ///
  /// @param status only these, or null for all
  /// @param subjectId only those about this, or null for all
  /// @param before only those with a smaller id, or null for all
  List<MailView> list(
      String workspace,
      @Nullable MailStatus status,
      @Nullable String subjectId,
      @Nullable String before,
      int limit) {
    return jdbi.withHandle(
        handle -> MailStore.list(handle, workspace, status, subjectId, before, limit));
  }

  Optional<MailView> find(String id, Within within) {
    return jdbi.withHandle(handle -> MailStore.find(handle, id, within));
  }

  /// Notes that a mail came back. Once more changes nothing.
  Outcome<MailView> bounced(MailView mail, DeliveryStatus.Bounced bounce, Instant now) {
    ends.note(
        new MailEnds.Mail(mail.id(), mail.workspaceId(), mail.kind(), mail.subjectId()),
        bounce,
        now);
    return Outcome.done(find(mail.id(), Within.EVERYTHING).orElseThrow());
  }

  /// Forgets what ended before an instant.
  void forget(Instant before) {
    jdbi.useHandle(handle -> MailStore.forget(handle, before));
  }
}
