package dev.keyreeve.server.node;

import static dev.keyreeve.server.node.TestServer.secretOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.platform.Until;
import dev.keyreeve.server.node.TestServer.Response;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What calls leave behind, as people find it.
final class EvidenceTest {
  private static final Scope READ = new Scope("mandates:read");

  private TestServer server;
  private String operator;
  private IssuedKey key;

  @BeforeEach
  void start() {
    // A flood must be written down here, not told to wait.
    server = TestServer.start(Map.of("KEYREEVE_FAILURES_PER_MINUTE", "100000"));
    operator =
        Objects.requireNonNull(CommandLineFile.find(server.dataDirectory())).token().reveal();
    key = server.key(server.organisation("Seen", 6000).workspaceId(), 3, READ);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Response call(String method, String path) {
    return server.send(method, path, secretOf(key), method.equals("POST") ? "{}" : null);
  }

  private static String requestId(Response response) {
    return response.header("x-request-id");
  }

  /// The calls of a request, once the log has them.
  private JsonNode logged(Response response) {
    var path = "/api/logs/" + requestId(response);
    Until.isTrue(() -> server.get(path, operator).status() == 200);
    return server.get(path, operator).json().at("/data/items");
  }

  @Test
  void findsARefusalByTheIdOfItsRequest() {
    var refusal = call("POST", "/dd/v1/mandates");
    assertThat(refusal.status()).isEqualTo(403);

    var calls = logged(refusal);

    assertThat(calls).hasSize(1);
    var found = calls.get(0);
    assertThat(found.path("procedure").asText()).isEqualTo("mandates.create");
    assertThat(found.path("outcome").asText()).isEqualTo("FORBIDDEN");
    assertThat(found.path("reason").asText()).isEqualTo("insufficient_scope");
    assertThat(found.path("status").asInt()).isEqualTo(403);
    assertThat(found.path("key_id").asText()).isEqualTo(key.details().id());
    assertThat(found.path("workspace_id").asText()).isEqualTo(key.details().workspaceId());
    assertThat(found.path("secret").asInt()).isEqualTo(1);
    assertThat(found.path("address").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void countsWhatWasPaidForAndLogsTheRest() {
    assertThat(call("GET", "/dd/v1/mandates").status()).isEqualTo(200);
    assertThat(call("POST", "/dd/v1/mandates").status()).isEqualTo(403);
    assertThat(call("GET", "/dd/v1/mandates/nonsense").status()).isEqualTo(400);
    var limited = call("GET", "/dd/v1/mandates");
    assertThat(limited.status()).isEqualTo(429);
    logged(limited);

    var usage =
        server
            .get("/api/keys/" + key.details().id() + "/usage?unit=minute", operator)
            .json()
            .path("data");

    assertThat(usage.path("requests").asInt()).isEqualTo(3);
    assertThat(usage.path("last_used_from").asText()).isEqualTo("127.0.0.1");
    assertThat(usage.at("/secrets/0/number").asInt()).isEqualTo(1);
    assertThat(usage.at("/secrets/0/last_used_at").asText()).startsWith("2026-11-23T12:00:00");
    assertThat(usage.path("periods"))
        .extracting(
            period -> period.path("outcome").asText(), period -> period.path("calls").asInt())
        .containsExactly(
            tuple("BAD_REQUEST", 1),
            tuple("FORBIDDEN", 1),
            tuple("TOO_MANY_REQUESTS", 1),
            tuple("ok", 1));
  }

  @Test
  void logsEachCallOfABatchAndRequestsThatWereNone() {
    var batch =
        server.get(
            "/trpc/mandates.list,mandates.list?batch=1&input=%7B%220%22%3A%7B%7D%2C%221%22%3A%7B%7D%7D",
            secretOf(key));
    assertThat(batch.status()).isEqualTo(200);
    assertThat(logged(batch)).hasSize(2);

    var unclear = server.get("/dd/v1/mandates/%2e%2e", secretOf(key));
    assertThat(unclear.status()).isEqualTo(400);
    assertThat(logged(unclear).get(0).has("workspace_id")).isFalse();
  }

  @Test
  void boundsAFloodOfUnknownKeysAndTellsWhatWasLost() {
    int flood = 1100;
    Response last = server.get("/dd/v1/mandates", "dd_live_wrong");
    for (int i = 1; i < flood; i++) last = server.get("/dd/v1/mandates", "dd_live_wrong");
    assertThat(last.status()).isEqualTo(401);
    logged(call("GET", "/dd/v1/mandates"));

    var unknown = "/api/logs?reason=invalid_key&limit=200";
    Until.isTrue(
        () -> server.get(unknown, operator).json().at("/data/lost_of_unknown").asInt() == 100);
    int found = 0;
    var cursor = "";
    do {
      var page =
          server
              .get(unknown + (cursor.isEmpty() ? "" : "&cursor=" + cursor), operator)
              .json()
              .path("data");
      found += page.path("items").size();
      assertThat(page.path("lost").asInt()).isZero();
      cursor = page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(found).isEqualTo(flood - 100);
  }

  @Test
  void neverShowsASecret() {
    var refusal = call("POST", "/dd/v1/mandates");

    assertThat(logged(refusal).toString()).doesNotContain(secretOf(key));
  }
}
