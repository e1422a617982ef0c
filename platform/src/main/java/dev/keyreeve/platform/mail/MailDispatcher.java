package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands over what waits.
///
/// A claim moves the time of the next try beyond the longest that a handover can take, in a
/// transaction of its own, so that of many nodes one has a mail at a time; what became of it is
/// noted in another. A node that dies in between leaves a mail that is handed over once more.
final class MailDispatcher {
  /// Longest that one handover can take: every answer of a slow server waited for to its end.
  static final Duration CLAIM = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(MailDispatcher.class);
  private static final int LOOKED_AT = 500;

  /// Connections to a mail server at once; many servers allow no more than ten or so.
  private static final int AT_ONCE = 4;

  private final Jdbi jdbi;
  private final Tenancy tenancy;
  private final FieldCipher cipher;
  private final Map<String, MailQueue.Listener> listeners;
  private final Mailer mailer;
  private final InstantSource clock;
  private final RandomGenerator jitter;
  private final Semaphore connections = new Semaphore(AT_ONCE);

  MailDispatcher(
      Jdbi jdbi,
      Tenancy tenancy,
      FieldCipher cipher,
      Map<String, MailQueue.Listener> listeners,
      Mailer mailer,
      InstantSource clock,
      RandomGenerator jitter) {
    this.jdbi = jdbi;
    this.tenancy = tenancy;
    this.cipher = cipher;
    this.listeners = listeners;
    this.mailer = mailer;
    this.clock = clock;
    this.jitter = jitter;
  }

  /// The mails that can be handed over now, in the order in which they became due.
  List<String> due() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id from mail
                    where status = 'queued' and next_try_at <= :now
                    order by next_try_at, id
                    limit :limit
                    """)
                .bind("now", clock.instant())
                .bind("limit", LOOKED_AT)
                .mapTo(String.class)
                .list());
  }

  /// Hands a mail over, unless another node has it or it has ended.
  void send(String id) {
    connections.acquireUninterruptibly();
    try {
      jdbi.inTransaction(handle -> claim(handle, id, clock.instant())).ifPresent(this::send);
    } finally {
      connections.release();
    }
  }

  private record Claim(
      String id,
      String workspace,
      String kind,
      String subjectId,
      int attempt,
      Instant queuedAt,
      ByteBuffer sealed) {}

  private static Optional<Claim> claim(Handle handle, String id, Instant now) {
    return handle
        .createQuery(
            """
            update mail set attempts = attempts + 1, next_try_at = :until
            where id = (select id from mail
                        where id = :id and status = 'queued' and next_try_at <= :now
                        for update skip locked)
            returning id, workspace_id, kind, subject_id, attempts, queued_at, sealed_message
            """)
        .bind("id", id)
        .bind("now", now)
        .bind("until", now.plus(CLAIM))
        .map((row, _) -> claim(row))
        .findOne();
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        row.getString("id"),
        row.getString("workspace_id"),
        row.getString("kind"),
        row.getString("subject_id"),
        row.getInt("attempts"),
        row.getTimestamp("queued_at").toInstant(),
        ByteBuffer.wrap(row.getBytes("sealed_message")));
  }

  private void send(Claim claim) {
    var message = SealedMessage.open(cipher, claim.id(), claim.sealed().array());
    var handover = mailer.deliver(new Mailer.Outgoing(claim.id(), claim.queuedAt(), message));
    var now = clock.instant();
    switch (handover) {
      case Mailer.Accepted _ -> end(claim, new Ending.Sent(), now);
      case Mailer.Refused(var code, var answer) -> {
        log.info("mail {} was refused for good: {}", claim.id(), answer);
        end(claim, new Ending.Bounced(code, answer), now);
      }
      case Mailer.Failed(var why) -> failed(claim, why, now);
    }
  }

  private void failed(Claim claim, String why, Instant now) {
    var next = MailRetries.next(claim.attempt(), now, jitter);
    if (next.isEmpty()) {
      log.warn("mail {} is given up after {} tries: {}", claim.id(), claim.attempt(), why);
      end(claim, new Ending.GivenUp(why), now);
      return;
    }
    log.info("mail {} was not taken at try {}: {}", claim.id(), claim.attempt(), why);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update mail set next_try_at = :next, answer = :why
                    where id = :id and status = 'queued' and attempts = :attempt
                    """)
                .bind("id", claim.id())
                .bind("attempt", claim.attempt())
                .bind("next", next.get())
                .bind("why", why)
                .execute());
  }

  /// The listener comes first: what it locks is locked before mails, here as by those who withdraw
  /// them.
  private void end(Claim claim, Ending ending, Instant now) {
    tenancy.write(
        claim.workspace(),
        now,
        tx -> {
          var listener = listeners.get(claim.kind());
          if (listener != null) listener.ended(tx, claim.subjectId(), ending);
          return switch (ending) {
            case Ending.Sent _ -> MailStore.end(tx, claim.id(), MailStatus.SENT, null);
            case Ending.Bounced bounce -> MailStore.bounced(tx, claim.id(), bounce);
            case Ending.GivenUp(var why) -> MailStore.end(tx, claim.id(), MailStatus.GIVEN_UP, why);
          };
        });
  }
}
