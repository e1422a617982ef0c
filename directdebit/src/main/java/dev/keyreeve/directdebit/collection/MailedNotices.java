package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.collector.serviceuser.Collector;
import dev.keyreeve.directdebit.mandate.mail.PayerMail;
import dev.keyreeve.directdebit.mandate.mail.PayerMailbox;
import dev.keyreeve.platform.tenancy.Tx;
import java.util.List;
import java.util.Optional;

/// Mails advance notice to the payers who completed an invite that this server mailed. The others
/// hear from their agent, who is told by the feed.
public final class MailedNotices implements NoticeSender {
  private final PayerMailbox mailbox;

  public MailedNotices(PayerMailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public void send(Tx tx, List<AdvanceNotice> notices) {
    if (notices.isEmpty()) return;

    int noticeDays = Collector.of(tx).noticeDays();
    for (var notice : notices) {
      recipient(tx, notice).ifPresent(recipient -> queue(tx, notice, recipient, noticeDays));
    }
  }

  private record Recipient(String payerId, String reference) {}

  private static Optional<Recipient> recipient(Tx tx, AdvanceNotice notice) {
    return tx.query(
            """
            select payer_id, reference from mandate m
            where workspace_id = :workspace and id = :id
              and exists (select from mandate_invite i
                          where i.workspace_id = :workspace and i.mandate_id = m.id
                            and i.status = 'completed' and i.mailed)
            """)
        .bind("id", notice.mandate().text())
        .map((row, _) -> new Recipient(row.getString("payer_id"), row.getString("reference")))
        .findOne();
  }

  /// Who is to get no mail is passed over.
  private void queue(Tx tx, AdvanceNotice notice, Recipient recipient, int noticeDays) {
    var _ =
        mailbox.put(
            tx,
            PayerMailbox.Kind.ADVANCE_NOTICE,
            notice.collection().text(),
            recipient.payerId(),
            parties ->
                PayerMail.advanceNotice(
                    parties,
                    recipient.reference(),
                    new Pence(notice.amount()),
                    notice.entryOn(),
                    noticeDays));
  }
}
