package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// An invite as its payer meets it, over HTTP and without a credential.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InvitePageServedTest {
  private final TestServer server = TestServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void servesThePageAndNothingBesideIt() {
    var page = server.get("/invite", null);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers().allValues("x-content-type-options")).containsExactly("nosniff");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'none'");
    assertThat(server.get("/invite/page.js", null).status()).isEqualTo(200);
    assertThat(server.get("/invite/page.css", null).status()).isEqualTo(200);
    assertThat(server.get("/invite/other", null).status()).isEqualTo(404);
  }

  @Test
  void leadsFromAnInviteToAMandateThatWaitsForItsSubmission() {
    var key = server.fullKey(server.organisation("Inviting", 100_000).workspaceId());
    var invited =
        server
            .post("/dd/v1/mandates/invite", key, "{\"payer\": {\"name\": \"Sam\"}}")
            .json()
            .path("data");
    var url = invited.path("url").asText();
    var token = url.substring(url.indexOf('#') + 1);

    var viewed = server.post("/invites/view", null, input(token).toString());
    var submission =
        input(token)
            .put("sortCode", "00-00-01")
            .put("accountNumber", "12345678")
            .put("accountHolderName", "Sam")
            .put("confirmed", true)
            .toString();
    var submitted = server.post("/invites/submit", null, submission);
    var again = server.post("/invites/submit", null, submission);
    var mandate = server.get("/dd/v1/mandates/" + invited.at("/mandate/id").asText(), key).json();

    assertThat(url).startsWith(server.url() + "/invite#");
    assertThat(viewed.status()).isEqualTo(200);
    assertThat(submitted.status()).describedAs(submitted.body()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(404);
    assertThat(mandate.at("/data/status").asText()).isEqualTo("pending_submission");
    assertThat(mandate.at("/data/bankAccount/last4").asText()).isEqualTo("5678");
  }

  private static ObjectNode input(String token) {
    return JsonNodeFactory.instance.objectNode().put("token", token);
  }
}
