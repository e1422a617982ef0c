package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.platform.Until;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Prometheus gets to read of a running server.
final class MetricsTest {
  private final TestServer server =
      TestServer.start(Map.of("KEYREEVE_METRICS_PORT", Integer.toString(TestServer.freePort())));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void servesTheTextFormatOnAPortOfItsOwn() throws Exception {
    var answer = send("GET", "/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(line -> line.matches("[a-z_0-9]+(\\{.*})? [-+0-9.eE]+|[a-z_]+(\\{.*})? NaN"));
  }

  @Test
  void tellsOfTheLeaseTheDatabaseTheStreamsAndTheJvm() throws Exception {
    var text = send("GET", "/metrics").body();

    assertThat(text)
        .containsPattern("(?m)^keyreeve_lease_age_seconds \\d")
        .containsPattern("(?m)^keyreeve_database_connections\\{state=\"active\"} \\d")
        .containsPattern("(?m)^keyreeve_database_connections\\{state=\"idle\"} \\d")
        .contains("keyreeve_database_waiting 0.0")
        .containsPattern("(?m)^keyreeve_journal_depth \\d")
        .contains("keyreeve_journal_lost_total 0.0")
        .contains("keyreeve_streams_open 0.0")
        .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime_seconds")
        .doesNotContain("keyreeve_certificate");
  }

  @Test
  void countsCallsAndRefusalsAndTimesProcedures() throws Exception {
    var workspace = server.organisation("Measured", 60_000).workspaceId();
    var key = TestServer.secretOf(server.key(workspace, 600, new Scope("mandates:read")));
    var path = "/dd/v1/mandates/man_01JDCVN8Q00000000000000000/cancel";

    assertThat(server.get("/dd/v1/mandates", key).status()).isEqualTo(200);
    assertThat(server.get("/dd/v1/mandates", key).status()).isEqualTo(200);
    assertThat(server.post(path, key, "{}").status()).isEqualTo(403);
    assertThat(server.get("/dd/v1/mandates", "dd_live_1nonsense").status()).isEqualTo(401);

    assertThat(send("GET", "/metrics").body())
        .contains("keyreeve_decisions_total{outcome=\"permitted\"} 2.0")
        .contains("keyreeve_decisions_total{outcome=\"insufficient_scope\"} 1.0")
        .contains("keyreeve_decisions_total{outcome=\"invalid_key\"} 1.0")
        .contains("keyreeve_call_seconds_count{procedure=\"mandates.list\"} 2")
        .contains("keyreeve_call_seconds_bucket{procedure=\"mandates.list\",le=\"+Inf\"} 2")
        .contains("keyreeve_call_seconds_count{procedure=\"mandates.cancel\"} 1");
  }

  @Test
  void countsEachOpenStreamOnceForAsLongAsItIsOpen() throws Exception {
    var workspace = server.organisation("Listening", 60_000).workspaceId();
    var key = TestServer.secretOf(server.key(workspace, 600, new Scope("mandates:read")));
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/dd/v1/mandates/stream"))
            .header("X-API-Key", key)
            .build();

    try (var body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      assertThat(send("GET", "/metrics").body()).contains("keyreeve_streams_open 1.0");
      assertThat(body).isNotNull();
    }

    Until.isTrue(() -> metrics().contains("keyreeve_streams_open 0.0"));
  }

  @Test
  void timesTheConfirmationOfEachChangeOfAccess() {
    server.organisation("Changed", 60);

    assertThat(metrics())
        .containsPattern("(?m)^keyreeve_revocation_acknowledged_seconds_count [1-9]");
  }

  private String metrics() {
    try {
      return send("GET", "/metrics").body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, /", "GET, /metrics/", "POST, /metrics", "GET, /healthz", "GET, /dd/v1/me"})
  void servesNothingElseThere(String method, String path) throws Exception {
    assertThat(send(method, path).statusCode()).isEqualTo(404);
  }

  @Test
  void servesNoMetricsWhereTheApiIs() {
    assertThat(server.get("/metrics", null).status()).isEqualTo(401);
    assertThat(server.get("/metrics", null).body()).doesNotContain("jvm_");
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    var url = URI.create("http://127.0.0.1:" + server.metricsPort() + path);
    var request = HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
