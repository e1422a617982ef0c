package dev.keyreeve.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.keyreeve.access.credential.Secret;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpMailerTest extends MailerContract {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Override
  Mailer mailer() {
    return plain(server.getSmtp().getPort());
  }

  @Override
  List<MimeMessage> arrived() {
    return List.of(server.getReceivedMessages());
  }

  private static Mailer plain(int port) {
    return new SmtpMailer(new SmtpServer("127.0.0.1", port, SmtpServer.Tls.NONE, null, null), FROM);
  }

  @Test
  void namesTheAddressForBounces() throws Exception {
    var from =
        new From(FROM.address(), FROM.name(), EmailAddress.deliverable("bounces@keyreeve.example"));
    var place =
        new SmtpServer("127.0.0.1", server.getSmtp().getPort(), SmtpServer.Tls.NONE, null, null);

    new SmtpMailer(place, from).deliver(mail("Rent", "Line."));

    assertThat(arrived().getLast().getHeader("Return-Path"))
        .containsExactly("<bounces@keyreeve.example>");
  }

  @Test
  void signsIn() {
    server.setUser("keyreeve", "open sesame");
    int port = server.getSmtp().getPort();
    var good =
        new SmtpServer(
            "127.0.0.1", port, SmtpServer.Tls.NONE, "keyreeve", Secret.of("open sesame"));
    var bad =
        new SmtpServer("127.0.0.1", port, SmtpServer.Tls.NONE, "keyreeve", Secret.of("sesame"));

    assertThat(new SmtpMailer(good, FROM).deliver(mail("Rent", "Line.")))
        .isEqualTo(new Mailer.Accepted());
    assertThat(new SmtpMailer(bad, FROM).deliver(mail("Rent", "Line.")))
        .isInstanceOfSatisfying(
            Mailer.Failed.class, failed -> assertThat(failed.why()).doesNotContain("sesame"));
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertThat(plain(port).deliver(mail("Rent", "Line."))).isInstanceOf(Mailer.Failed.class);
  }

  @Test
  void tellsASealedServerFromOneThatCannotEncrypt() {
    try (var sealed = StrictServer.withStarttls();
        var open = StrictServer.plain()) {
      var accepted = sealed.mailer(SmtpServer.Tls.STARTTLS).deliver(mail("Rent", "Line."));
      var failed = open.mailer(SmtpServer.Tls.STARTTLS).deliver(mail("Rent", "Line."));
      var unknown =
          new SmtpMailer(sealed.place(SmtpServer.Tls.STARTTLS), FROM).deliver(mail("Rent", "x"));

      assertThat(accepted).isEqualTo(new Mailer.Accepted());
      assertThat(failed).isInstanceOf(Mailer.Failed.class);
      assertThat(unknown)
          .as("a certificate that nobody vouches for")
          .isInstanceOf(Mailer.Failed.class);
      assertThat(sealed.received()).hasSize(1);
      assertThat(open.received()).isEmpty();
    }
  }

  @Test
  void speaksTlsFromTheFirstByte() {
    try (var sealed = StrictServer.withTls()) {
      assertThat(sealed.mailer(SmtpServer.Tls.IMPLICIT).deliver(mail("Rent", "Line.")))
          .isEqualTo(new Mailer.Accepted());
      assertThat(sealed.received()).hasSize(1);
    }
  }

  @Test
  void tellsARecipientThatIsRefusedFromAServerThatIsBusy() {
    try (var server = StrictServer.plain()) {
      server.refuses(550, "5.1.1 <ada@tenant.example>: no such mailbox");
      var refused = server.mailer(SmtpServer.Tls.NONE).deliver(mail("Rent", "Line."));
      server.refuses(451, "4.7.1 come back later");
      var busy = server.mailer(SmtpServer.Tls.NONE).deliver(mail("Rent", "Line."));

      assertThat(refused)
          .isInstanceOfSatisfying(
              Mailer.Refused.class,
              answer -> {
                assertThat(answer.code()).isEqualTo("550");
                assertThat(answer.answer()).contains("no such mailbox").doesNotContain("ada@");
              });
      assertThat(busy).isInstanceOf(Mailer.Failed.class);
    }
  }

  @Test
  void takesARefusalOfTheTextForGoodButNotOneOfTheSender() {
    try (var server = StrictServer.plain()) {
      server.refusesText(554, "5.7.1 looks like spam");
      var text = server.mailer(SmtpServer.Tls.NONE).deliver(mail("Rent", "Line."));
      server.refusesSender(550, "5.7.1 not your domain");
      var sender = server.mailer(SmtpServer.Tls.NONE).deliver(mail("Rent", "Line."));

      assertThat(text).isInstanceOf(Mailer.Refused.class);
      assertThat(sender).isInstanceOf(Mailer.Failed.class);
    }
  }
}
