package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.cipher.SealedColumn;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Mail that waits to be sent. A message is put into the transaction that wants it, so there is a
/// mail if, and only if, that commits; it is handed over later, at least once, always with the same
/// `Message-ID`. What is not taken is tried again for three days.
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

  private static final String SEND = "mail.send";
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final Duration ENDED_KEPT = Duration.ofDays(90);

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final FieldCipher cipher;
  private final InstantSource clock;
  private final RandomGenerator jitter;
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /// Is told what became of mails of one kind.
  public interface Listener {
    /// Does what follows, in the transaction that notes the ending. It may be told twice, and of
    /// what was meanwhile withdrawn.
    ///
    /// @param subjectId what the mail was about
    void ended(Tx tx, String subjectId, Ending ending);
  }

  /// @param jitter stretches the waits between tries
  public MailQueue(
      Jdbi jdbi, Tenancy tenancy, FieldCipher cipher, InstantSource clock, RandomGenerator jitter) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.cipher = cipher;
    this.clock = clock;
    this.jitter = jitter;
  }

  /// Has somebody told what becomes of a kind of mail; before anything is sent.
  public void listen(String kind, Listener listener) {
    if (listeners.putIfAbsent(kind, listener) != null) {
      throw new IllegalArgumentException("somebody listens already: " + kind);
    }
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
    var dispatcher = dispatcher(mailer);
    schedule.task(SEND, dispatcher::send);
    schedule.every(
        looksEvery, "mail.look", () -> dispatcher.due().forEach(mail -> schedule.soon(SEND, mail)));
    schedule.every(
        Duration.ofHours(1), "mail.forget", () -> forget(clock.instant().minus(ENDED_KEPT)));
  }

  /// Sends what is due now, one after the other.
  ///
  /// @return how many mails were tried
  public int sendDue(Mailer mailer) {
    var dispatcher = dispatcher(mailer);
    var due = dispatcher.due();
    due.forEach(dispatcher::send);
    return due.size();
  }

  private MailDispatcher dispatcher(Mailer mailer) {
    return new MailDispatcher(jdbi, tenancy, cipher, listeners, mailer, clock, jitter);
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
  Outcome<MailView> bounced(MailView mail, Ending.Bounced bounce, Instant now) {
    tenancy.write(
        mail.workspaceId(),
        now,
        tx -> {
          var listener = listeners.get(mail.kind());
          if (listener != null) listener.ended(tx, mail.subjectId(), bounce);
          return MailStore.bounced(tx, mail.id(), bounce);
        });
    return Outcome.done(find(mail.id(), Within.EVERYTHING).orElseThrow());
  }

  /// Forgets what ended before an instant.
  void forget(Instant before) {
    jdbi.useHandle(handle -> MailStore.forget(handle, before));
  }
}
