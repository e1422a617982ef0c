package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds for every way out.
abstract class MailerContract {
  static final From FROM =
      new From(EmailAddress.deliverable("no-reply@keyreeve.example"), "Zoë's Lettings, Ltd", null);
  static final Instant QUEUED = Instant.parse("2026-07-01T12:00:00Z");
  static final String ID = "mai_01J1PZ4Y00ABCDEFGHJKMNPQRS";

  abstract Mailer mailer();

  /// What came out of the other end.
  abstract List<MimeMessage> arrived() throws Exception;

  static Mailer.Outgoing mail(String subject, String body) {
    var to = EmailAddress.deliverable("ada@tenant.example");
    return new Mailer.Outgoing(ID, QUEUED, new Message(to, subject, body));
  }

  @Test
  void carriesAMessageAsItIs() throws Exception {
    var body = "Dear Zoë,\n\nhttps://pay.example/invite#" + "x".repeat(43) + "\n.\nEnd £5.\n";

    assertThat(mailer().deliver(mail("Rent for Łódź", body))).isEqualTo(new Mailer.Accepted());

    var message = arrived().getLast();
    assertThat(message.getSubject()).isEqualTo("Rent for Łódź");
    // GreenMail drops the last line break.
    assertThat(message.getContent().toString().replace("\r\n", "\n").stripTrailing())
        .isEqualTo(body.stripTrailing());
    assertThat(message.getFrom())
        .containsExactly(
            new InternetAddress("no-reply@keyreeve.example", "Zoë's Lettings, Ltd", "UTF-8"));
    assertThat(message.getAllRecipients())
        .containsExactly(new InternetAddress("ada@tenant.example"));
    assertThat(message.getSentDate()).isEqualTo(QUEUED);
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.isMimeType("text/plain")).isTrue();
  }

  @Test
  void namesAMessageAlikeEachTime() throws Exception {
    mailer().deliver(mail("Rent", "Once."));
    mailer().deliver(mail("Rent", "Once."));

    assertThat(arrived())
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message.getMessageID()).isEqualTo("<" + ID + "@keyreeve.example>"));
  }

  @Test
  void letsNoLineOfABodyBecomeAHeader() throws Exception {
    mailer().deliver(mail("Bcc: eve@example.com", "Bcc: eve@example.com\n\nText"));

    var message = arrived().getLast();
    var names =
        Collections.list(message.getAllHeaders()).stream().map(header -> header.getName()).toList();
    assertThat(names).doesNotContain("Bcc").contains("Subject");
    assertThat(message.getAllRecipients()).hasSize(1);
  }
}
