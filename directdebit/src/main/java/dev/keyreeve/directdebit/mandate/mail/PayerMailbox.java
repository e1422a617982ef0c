package dev.keyreeve.directdebit.mandate.mail;

import dev.keyreeve.directdebit.mandate.payer.PayerRows;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.mail.MailQueue;
import dev.keyreeve.platform.mail.Message;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Queues mail to payers, in the transaction that wants it. Who is to get nothing any more, or has
/// no address that mail can be sent to, gets nothing.
public final class PayerMailbox {
  private final MailQueue queue;

  public PayerMailbox(MailQueue queue) {
    this.queue = queue;
  }

  /// What a mail is. One listener of the queue is told what became of those of a kind.
  public enum Kind {
    INVITE,
    CONFIRMATION,
    ADVANCE_NOTICE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Who is written to, and for whom.
  ///
  /// @param collector the name of the organisation that collects
  public record Parties(EmailAddress to, String payer, String collector) {}

  /// Whether a payer gets a mail.
  public enum Answer {
    QUEUED,
    /// The payer has no address that mail can be sent to.
    NO_ADDRESS,
    /// The payer is to get nothing any more.
    STOPPED
  }

  /// @param subjectId what the mail is about, such as the id of an invite or of a collection
  /// @param words are asked for only if the mail is queued
  public Answer put(
      Tx tx, Kind kind, String subjectId, String payerId, Function<Parties, Message> words) {
    var payer = find(tx, payerId);
    if (payer.isStopped()) return Answer.STOPPED;
    var to = Optional.ofNullable(payer.email()).flatMap(EmailAddress::ifDeliverable);
    if (to.isEmpty()) return Answer.NO_ADDRESS;

    var parties = new Parties(to.get(), payer.name(), payer.collector());
    queue.put(tx, kind.word(), subjectId, payerId, words.apply(parties));
    return Answer.QUEUED;
  }

  private record Found(String name, @Nullable String email, String collector, boolean isStopped) {}

  /// Holds the payer's row, so that whoever stops contact meanwhile finds the mail.
  private static Found find(Tx tx, String payerId) {
    return tx.query(
            """
            select name, email, own_organisation_name() as collector,
                   contact_stopped_at is not null as stopped
            from payer
            where workspace_id = :workspace and id = :id
            for update
            """)
        .bind("id", payerId)
        .map(
            (row, _) ->
                new Found(
                    row.getString("name"),
                    row.getString("email"),
                    row.getString("collector"),
                    row.getBoolean("stopped")))
        .one();
  }

  /// Sends a payer nothing any more, what waits included.
  public static void stopContact(Tx tx, String payerId) {
    PayerRows.stopContact(tx, payerId);
    MailQueue.withdrawTo(tx, payerId);
  }
}
