package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BounceTest {
  private static final String ID = "mai_01J1PZ4Y00ABCDEFGHJKMNPQRS";

  /// A report in the form that mail servers write.
  static String report(String mailId, String action) {
    return """
        From: MAILER-DAEMON@mx.example
        To: no-reply@keyreeve.example
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="b1"

        --b1
        Content-Type: text/plain; charset=us-ascii

        I am sorry to have to tell you that your message came back.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example
        Arrival-Date: Wed, 1 Jul 2026 12:00:01 +0000

        Final-Recipient: rfc822; ada@tenant.example
        Action: %s
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <ada@tenant.example>:
         mailbox unavailable

        --b1
        Content-Type: text/rfc822-headers

        From: no-reply@keyreeve.example
        Message-ID: <%s@keyreeve.example>
        Subject: Rent

        --b1--
        """
        .formatted(action, mailId);
  }

  @Test
  void findsWhichMailFailedAndWhy() {
    assertThat(Bounce.read(report(ID, "failed")))
        .contains(
            new Bounce(
                ID,
                new DeliveryStatus.Bounced("5.1.1", "550 5.1.1 [address]: mailbox unavailable")));
  }

  @Test
  void findsItInTheWholeMessageToo() {
    var whole =
        report(ID, "Failed")
            .replace("text/rfc822-headers", "message/rfc822")
            .replace("Subject: Rent\n", "Subject: Rent\n\nDear Ada\n")
            .replace("\n", "\r\n");

    assertThat(Bounce.read(whole)).map(Bounce::mailId).contains(ID);
  }

  @Test
  void findsItInAFileThatBeginsWithAByteOrderMark() {
    var report = report(ID, "failed");
    var headed = report.substring(report.indexOf("Content-Type"));

    assertThat(Bounce.read(headed)).map(Bounce::mailId).contains(ID);
    assertThat(Bounce.read("\uFEFF" + headed)).map(Bounce::mailId).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delayed", "delivered", "relayed", "expanded"})
  void isNoOtherReport(String action) {
    assertThat(Bounce.read(report(ID, action))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Subject: hello\n\nText",
        "Content-Type: multipart/report; report-type=delivery-status\n\nText",
        "Content-Type: multipart/report; report-type=\"\n\n--\n"
      })
  void isNothingElse(String text) {
    assertThat(Bounce.read(text)).isEmpty();
  }

  @Test
  void isNothingAboutMailOfOthers() {
    assertThat(Bounce.read(report("CAF0someone", "failed"))).isEmpty();
  }
}
