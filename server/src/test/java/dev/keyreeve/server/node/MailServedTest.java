package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailServedTest {
  private static final JsonMapper json = new JsonMapper();

  @Test
  void mailsIntoTheOutboxAndTakesAReportThatOneCameBack() throws Exception {
    try (var server = TestServer.start()) {
      var ours = server.organisation("Harbour Lettings", 100);
      var theirs = server.organisation("Other Lettings", 100);
      var key = server.key(ours.workspaceId(), 100, new Scope("mandates:write"));
      var invited =
          server.post(
              "/dd/v1/mandates/invite",
              TestIdentity.text(key),
              "{\"payer\": {\"name\": \"Ada\", \"email\": \"ada@tenant.example\"},"
                  + " \"sendEmail\": true}");
      assertThat(invited.status()).isEqualTo(200);

      Until.isTrue(() -> outbox(server).size() == 1);
      var file = outbox(server).getFirst();
      assertThat(Files.readString(file)).contains(parse(invited.body()).path("url").asText());
      assertThat(Files.getPosixFilePermissions(file.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));

      var viewer = server.signIn(ours, Role.VIEWER);
      var list = "/api/mail?workspace_id=" + ours.workspaceId();
      Until.isTrue(
          () -> server.send("GET", list, viewer, null).body().contains("\"status\":\"sent\""));
      assertThat(server.send("GET", list, viewer, null).body()).doesNotContain("ada@", "invite#");

      var report = report(file.getFileName().toString().replace(".eml", ""));
      var stranger = server.signIn(theirs, Role.OPERATOR);
      var operator = server.signIn(ours, Role.OPERATOR);
      assertThat(server.send("POST", "/api/mail/bounces", viewer, report).status()).isEqualTo(403);
      assertThat(server.send("POST", "/api/mail/bounces", stranger, report).body())
          .contains("mail_not_found");
      assertThat(
              server.send("POST", "/api/mail/bounces", operator, "{\"message\": \"Hello\"}").body())
          .contains("not_a_bounce");
      var taken = server.send("POST", "/api/mail/bounces", operator, report);
      assertThat(taken.status()).isEqualTo(200);
      assertThat(taken.body()).contains("\"status\":\"bounced\"", "mailbox unavailable");
    }
  }

  private static List<Path> outbox(TestServer server) {
    try (var files = Files.list(server.dataDirectory().resolve("outbox"))) {
      return files.filter(file -> file.toString().endsWith(".eml")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String report(String mailId) throws JsonProcessingException {
    var message =
        """
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; ada@tenant.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 mailbox unavailable

        --b1
        Content-Type: text/rfc822-headers

        Message-ID: <%s@localhost>

        --b1--
        """
            .formatted(mailId);
    return json.writeValueAsString(Map.of("message", message));
  }

  private static JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
