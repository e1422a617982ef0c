package dev.keyreeve.platform.mail;

import dev.keyreeve.platform.cipher.FieldCipher;
import dev.keyreeve.platform.delivery.Deliveries;
import dev.keyreeve.platform.delivery.DeliveryTerms;
import dev.keyreeve.platform.delivery.Disposition;
import dev.keyreeve.platform.delivery.Receipt;
import dev.keyreeve.platform.delivery.RetrySchedule;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands over what waits. All mail goes to one server, so each mail has its turn by itself, in the
/// order in which they became due.
///
/// What is claimed is not due before the claim ends, and the number of the attempt says whose it
/// is. That a server took or refused a message stays true whoever hears of it, so that much is
/// noted even when the claim has run out meanwhile.
final class MailDeliveries implements Deliveries<MailDeliveries.Attempt, Mailer.Handover> {
  /// A claim is longer than one handover can take: every answer of a slow server waited for to its
  /// end. Many servers allow no more than ten connections or so. A mail is tried eleven times in
  /// all, over a little more than three days.
  static final DeliveryTerms TERMS =
      new DeliveryTerms(
          Duration.ofMinutes(10),
          1,
          4,
          new RetrySchedule(
              List.of(
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(15),
                  Duration.ofHours(1),
                  Duration.ofHours(2),
                  Duration.ofHours(4),
                  Duration.ofHours(8),
                  Duration.ofHours(12),
                  Duration.ofHours(20),
                  Duration.ofHours(24))));

  private static final Logger log = LoggerFactory.getLogger(MailDeliveries.class);
  private static final int LOOKED_AT = 500;

  private final Jdbi jdbi;
  private final FieldCipher cipher;
  private final MailEnds ends;
  private final Mailer mailer;

  MailDeliveries(Jdbi jdbi, FieldCipher cipher, MailEnds ends, Mailer mailer) {
    this.jdbi = jdbi;
    this.cipher = cipher;
    this.ends = ends;
    this.mailer = mailer;
  }

  /// One handover of a mail.
  record Attempt(MailEnds.Mail mail, int number, Instant queuedAt, ByteBuffer sealed) {
    String id() {
      return mail.id();
    }
  }

  @Override
  public List<String> due(Instant now) {
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
                .bind("now", now)
                .bind("limit", LOOKED_AT)
                .mapTo(String.class)
                .list());
  }

  @Override
  public Optional<Attempt> claim(String id, Instant now, Instant until) {
    return jdbi.inTransaction(handle -> claim(handle, id, now, until));
  }

  private static Optional<Attempt> claim(Handle handle, String id, Instant now, Instant until) {
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
        .bind("until", until)
        .map((row, _) -> attempt(row))
        .findOne();
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        new MailEnds.Mail(
            row.getString("id"),
            row.getString("workspace_id"),
            row.getString("kind"),
            row.getString("subject_id")),
        row.getInt("attempts"),
        row.getTimestamp("queued_at").toInstant(),
        ByteBuffer.wrap(row.getBytes("sealed_message")));
  }

  @Override
  public Mailer.Handover send(Attempt attempt) {
    var message = SealedMessage.open(cipher, attempt.id(), attempt.sealed().array());
    return mailer.deliver(new Mailer.Outgoing(attempt.id(), attempt.queuedAt(), message));
  }

  @Override
  public Receipt receipt(Mailer.Handover handover) {
    return switch (handover) {
      case Mailer.Accepted _ -> new Receipt.Accepted();
      case Mailer.Refused _ -> new Receipt.Rejected();
      case Mailer.Failed _ -> new Receipt.Deferred(null);
    };
  }

  @Override
  public void record(
      Attempt attempt,
      Mailer.Handover handover,
      IntFunction<Disposition> disposition,
      Instant now) {
    switch (disposition.apply(attempt.number())) {
      case Disposition.Retried(var at) -> retry(attempt, answer(handover), at);
      case Disposition.Delivered _, Disposition.Rejected _, Disposition.GivenUp _ ->
          end(attempt, handover, now);
    }
  }

  /// The claim of an attempt that took too long may be another's by now.
  private void retry(Attempt attempt, String answer, Instant at) {
    log.info("mail {} was not taken at try {}: {}", attempt.id(), attempt.number(), answer);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update mail set next_try_at = :at, answer = :answer
                    where id = :id and status = 'queued' and attempts = :attempt
                    """)
                .bind("id", attempt.id())
                .bind("attempt", attempt.number())
                .bind("at", at)
                .bind("answer", answer)
                .execute());
  }

  private void end(Attempt attempt, Mailer.Handover handover, Instant now) {
    switch (handover) {
      case Mailer.Accepted _ -> {}
      case Mailer.Refused(_, var answer) ->
          log.info("mail {} was refused for good: {}", attempt.id(), answer);
      case Mailer.Failed(var why) ->
          log.warn("mail {} is given up after {} tries: {}", attempt.id(), attempt.number(), why);
    }
    ends.note(attempt.mail(), status(handover), now);
  }

  /// How a mail has ended that is not tried again.
  private static DeliveryStatus status(Mailer.Handover handover) {
    return switch (handover) {
      case Mailer.Accepted _ -> new DeliveryStatus.Sent();
      case Mailer.Refused(var code, var answer) -> new DeliveryStatus.Bounced(code, answer);
      case Mailer.Failed(var why) -> new DeliveryStatus.GivenUp(why);
    };
  }

  private static String answer(Mailer.Handover handover) {
    return switch (handover) {
      case Mailer.Accepted _ -> "";
      case Mailer.Refused(_, var answer) -> answer;
      case Mailer.Failed(var why) -> why;
    };
  }
}
