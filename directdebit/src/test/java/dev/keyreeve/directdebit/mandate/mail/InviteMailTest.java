package dev.keyreeve.directdebit.mandate.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.platform.mail.EmailAddress;
import dev.keyreeve.platform.mail.From;
import dev.keyreeve.platform.mail.Mailer;
import dev.keyreeve.platform.mail.SmtpMailer;
import dev.keyreeve.platform.mail.SmtpServer;
import dev.keyreeve.platform.mail.StrictServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InviteMailTest {
  private static final From FROM =
      new From(EmailAddress.deliverable("no-reply@keyreeve.example"), "Keyreeve", null);

  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @AfterEach
  void stop() {
    server.stop();
    world.close();
  }

  private Mailer mailer() {
    server.start();
    int port = server.getSmtp().getPort();
    return new SmtpMailer(new SmtpServer("127.0.0.1", port, SmtpServer.Tls.NONE, null, null), FROM);
  }

  private JsonNode invite(String payer) {
    return ours.call("mandates.invite", "{'payer': " + payer + ", 'sendEmail': true}").value();
  }

  private JsonNode inviteAda() {
    return invite("{'name': 'Ada Lovelace', 'email': 'ada@tenant.example'}");
  }

  private static String id(JsonNode invited) {
    return "{'id': '" + invited.at("/mandate/id").asText() + "'}";
  }

  private List<String> history(JsonNode invited) {
    var types = new ArrayList<String>();
    ours.call("mandates.history", id(invited))
        .value()
        .path("items")
        .forEach(event -> types.add(event.path("type").asText()));
    return types;
  }

  private String statusOf(JsonNode invited) {
    return world
        .tenancy()
        .read(
            ours.id(),
            world.instant(),
            tx ->
                tx.query(
                        "select status from mandate_invite where workspace_id = :workspace and id = :id")
                    .bind("id", invited.at("/invite/id").asText())
                    .mapTo(String.class)
                    .one());
  }

  private static String text(MimeMessage message) throws MessagingException, IOException {
    return message.getContent().toString().replace("\r\n", "\n");
  }

  private List<MimeMessage> received() {
    return Arrays.asList(server.getReceivedMessages());
  }

  private Answer submit(String token) {
    return world.pay(
        "invites.submit",
        """
        {'token': '%s', 'sortCode': '00-00-01', 'accountNumber': '12345678',
         'accountHolderName': 'A Lovelace', 'confirmed': true}
        """
            .formatted(token));
  }

  @Test
  void theLinkInTheMailCompletesTheMandateAndThePayerGetsAConfirmation() throws Exception {
    var invited = inviteAda();
    var mailer = mailer();
    var url = invited.path("url").asText();
    var token = TestDirectDebit.tokenOf(invited);
    assertThat(world.everythingStored()).contains("ada@tenant.example").doesNotContain(token);

    world.mail().sendDue(mailer);

    assertThat(received()).hasSize(1);
    var mail = received().getFirst();
    assertThat(mail.getSubject()).isEqualTo("Set up your Direct Debit to Harbour Lettings");
    assertThat(text(mail))
        .startsWith("Dear Ada Lovelace,\n")
        .contains(
            "\n\n" + url + "\n\n",
            invited.at("/mandate/reference").asText(),
            "15 July 2026",
            "Harbour Lettings");
    assertThat(statusOf(invited)).isEqualTo("sent");

    var link = Pattern.compile("https://pay\\.example/invite#(\\S{43})").matcher(text(mail));
    assertThat(link.find()).isTrue();
    world.pay("invites.view", "{'token': '" + link.group(1) + "'}").value();
    submit(link.group(1)).value();
    world.mail().sendDue(mailer);

    assertThat(history(invited))
        .containsExactly("mandate.invited", "invite.sent", "invite.viewed", "invite.completed");
    assertThat(received()).hasSize(2);
    var confirmation = received().getLast();
    assertThat(confirmation.getSubject())
        .isEqualTo("Your Direct Debit to Harbour Lettings is set up");
    assertThat(text(confirmation).replace('\n', ' '))
        .contains("Direct Debit Guarantee", "full and immediate refund")
        .doesNotContain("http");
    assertThat(world.everythingStored()).doesNotContain(token);
  }

  @Test
  void writesToNobodyUnlessAsked() {
    var invited =
        ours.call(
                "mandates.invite",
                "{'payer': {'name': 'Ada Lovelace', 'email': 'ada@tenant.example'}}")
            .value();
    submit(TestDirectDebit.tokenOf(invited)).value();

    assertThat(world.count("mail", ours)).isZero();
  }

  @Test
  void refusesToMailAPayerWithoutAnAddressAndLeavesNothingBehind() {
    for (var email :
        List.of("", ", 'email': 'a,b@tenant.example'", ", 'email': 'ä@tenant.example'")) {
      var answer =
          ours.call(
              "mandates.invite",
              "{'payer': {'name': 'Ada Lovelace'" + email + "}, 'sendEmail': true}");
      assertThat(answer.reason()).isEqualTo("email_missing");
      assertThat(answer.problem().code().httpStatus()).isEqualTo(422);
    }

    assertThat(world.count("mandate", ours)).isZero();
    assertThat(world.count("mail", ours)).isZero();
  }

  @Test
  void mailsOnceForManyCallsWithOneKey() {
    var input =
        "{'payer': {'name': 'Ada', 'email': 'ada@tenant.example'}, 'sendEmail': true,"
            + " 'idempotencyKey': 'k1'}";

    ours.call("mandates.invite", input).value();
    var replay = ours.call("mandates.invite", input).value();

    assertThat(replay.path("replayed").asBoolean()).isTrue();
    assertThat(world.count("mail", ours)).isEqualTo(1);
  }

  @Test
  void mailsEachOfABulk() throws Exception {
    var bulk =
        ours.call(
                "mandates.bulkInvite",
                """
                {'items': [
                  {'payer': {'name': 'Ada', 'email': 'ada@tenant.example'}, 'sendEmail': true},
                  {'payer': {'name': 'Bob'}, 'sendEmail': true},
                  {'payer': {'name': 'Cy', 'email': 'cy@tenant.example'}}]}
                """)
            .value();
    world.mail().sendDue(mailer());

    assertThat(bulk.toString()).contains("email_missing");
    assertThat(received()).hasSize(1);
    assertThat(received().getFirst().getAllRecipients()[0]).hasToString("ada@tenant.example");
  }

  @Test
  void anInviteThatIsRefusedBouncesAndTheNextOneArrives() {
    try (var strict = StrictServer.plain()) {
      var invited = inviteAda();
      strict.refuses(550, "5.1.1 <ada@tenant.example> no such mailbox");
      world.mail().sendDue(strict.mailer(SmtpServer.Tls.NONE));

      assertThat(statusOf(invited)).isEqualTo("bounced");
      var event = ours.call("mandates.history", id(invited)).value().path("items").path(1);
      assertThat(event.path("type").asText()).isEqualTo("invite.bounced");
      assertThat(event.path("cause").asText()).isEqualTo("mail_refused");
      assertThat(event.path("reasonCode").asText()).isEqualTo("550");
      assertThat(event.at("/mandate/status").asText()).isEqualTo("invited");
      assertThat(world.everythingStored()).contains("[address] no such mailbox");
      assertThat(submit(TestDirectDebit.tokenOf(invited)).reason()).isEqualTo("invite_expired");

      strict.relents();
      var again =
          ours.call("mandates.resendInvite", id(invited).replace("}", ", 'sendEmail': true}"))
              .value();
      world.mail().sendDue(strict.mailer(SmtpServer.Tls.NONE));

      assertThat(strict.received())
          .hasSize(1)
          .first()
          .asString()
          .contains(again.path("url").asText());
      assertThat(history(invited))
          .containsExactly("mandate.invited", "invite.bounced", "mandate.invited", "invite.sent");
      submit(TestDirectDebit.tokenOf(again)).value();
    }
  }

  @Test
  void sendsNoLinkThatWorksNoMore() {
    var revoked = inviteAda();
    ours.call("mandates.revokeInvite", id(revoked)).value();
    var replaced = inviteAda();
    ours.call("mandates.resendInvite", id(replaced)).value();
    var cancelled = inviteAda();
    ours.call("mandates.cancel", id(cancelled)).value();
    inviteAda();
    world.advance(Duration.ofDays(14));
    world.service().lapse(world.instant());

    assertThat(world.mail().sendDue(mailer())).isZero();
    assertThat(received()).isEmpty();
  }

  @Test
  void loseNoMailWhileTheServerIsDown() throws Exception {
    var invited = inviteAda();
    int port;
    try (var free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var place = new SmtpServer("127.0.0.1", port, SmtpServer.Tls.NONE, null, null);
    world.mail().sendDue(new SmtpMailer(place, FROM));
    assertThat(statusOf(invited)).isEqualTo("created");

    world.advance(Duration.ofMinutes(2));
    world.mail().sendDue(mailer());

    assertThat(received()).hasSize(1);
    assertThat(history(invited)).containsExactly("mandate.invited", "invite.sent");
  }

  @Test
  void tellsTheAgentOfAMailThatNobodyTook() throws Exception {
    var invited =
        ours.call(
                "mandates.invite",
                "{'payer': {'name': 'Ada', 'email': 'ada@tenant.example'}, 'sendEmail': true,"
                    + " 'expiresInDays': 60}")
            .value();
    int port;
    try (var free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var place = new SmtpServer("127.0.0.1", port, SmtpServer.Tls.NONE, null, null);
    while (world.mail().sendDue(new SmtpMailer(place, FROM)) > 0) {
      world.advance(Duration.ofDays(1));
    }

    assertThat(statusOf(invited)).isEqualTo("bounced");
    var event = ours.call("mandates.history", id(invited)).value().path("items").path(1);
    assertThat(event.path("cause").asText()).isEqualTo("mail_given_up");
  }

  @Test
  void tellsThePayerOfADebitInAdvance() throws Exception {
    var invited =
        ours.call(
                "mandates.invite",
                """
                {'payer': {'name': 'Ada', 'email': 'ada@tenant.example'}, 'sendEmail': true,
                 'schedule': {'amount': 123456, 'frequency': 'monthly', 'dayOfMonth': '1',
                              'startsOn': '2026-08-01'}}
                """)
            .value();
    submit(TestDirectDebit.tokenOf(invited)).value();
    var mandateId = invited.at("/mandate/id").asText();
    world.report(ours, mandateId, new SchemeEvent.InstructionSubmitted());
    world.report(ours, mandateId, new SchemeEvent.InstructionAccepted());

    world.live(ours, LocalDate.of(2026, 7, 2), LocalDate.of(2026, 7, 29));
    world.mail().sendDue(mailer());

    var notices =
        received().stream().filter(mail -> subject(mail).contains("on 3 August 2026")).toList();
    assertThat(notices).hasSize(1);
    assertThat(text(notices.getFirst()).replace('\n', ' '))
        .contains("Harbour Lettings will collect £1,234.56", "The Direct Debit Guarantee");
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void writesNothingToAPayerWhoHasDied() {
    var ada = "{'name': 'Ada', 'email': 'ada@tenant.example', 'externalRef': 'tenancy-1'}";
    var mandate = invite(ada);
    submit(TestDirectDebit.tokenOf(mandate)).value();
    var mandateId = mandate.at("/mandate/id").asText();
    world.report(ours, mandateId, new SchemeEvent.InstructionSubmitted());
    world.report(ours, mandateId, new SchemeEvent.InstructionAccepted());

    world.report(
        ours, mandateId, new SchemeEvent.InstructionCancelled(AddacsReason.PAYER_DECEASED));

    assertThat(world.mail().sendDue(mailer())).as("the confirmation that waited").isZero();
    var again = ours.call("mandates.invite", "{'payer': " + ada + ", 'sendEmail': true}");
    assertThat(again.reason()).isEqualTo("contact_stopped");
    assertThat(world.count("mandate", ours)).isEqualTo(1);
  }

  @Test
  void namesCannotBringLinksOrHeaders() throws Exception {
    var evil = "Ada https://evil.example/invite#x www.evil.example eve@evil.example";
    var refused =
        ours.call(
            "mandates.invite",
            "{'payer': {'name': 'Ada\\r\\nBcc: eve@evil.example', 'email': 'a@tenant.example'},"
                + " 'sendEmail': true}");
    var invited = invite("{'name': '" + evil + "', 'email': 'ada@tenant.example'}");
    world.mail().sendDue(mailer());

    assertThat(refused.reason()).isEqualTo("invalid_input");
    var mail = received().getFirst();
    var url = invited.path("url").asText();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(text(mail).replace(url, "")).doesNotContain("://", "evil.example", "@", "#");
  }
}
