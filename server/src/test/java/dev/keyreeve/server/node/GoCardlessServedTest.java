package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.keyreeve.platform.Until;
import dev.keyreeve.server.node.TestServer.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Webhooks of GoCardless as they come over HTTP, and what a server asks of GoCardless by itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoCardlessServedTest {
  private static final String TOKEN = "sandbox_Zm9yLXRlc3RzLW9ubHk";
  private static final String SECRET = "ED7D658C-D8EB-4941-948B-3973214F2D49";
  private static final String NOTHING = "{\"events\": [], \"meta\": {\"webhook_id\": \"WB123\"}}";

  /// What was asked for, with whose token.
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private final HttpServer goCardless;
  private final TestServer server;
  private final String serviceUser;

  GoCardlessServedTest() throws IOException {
    goCardless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    goCardless.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          var body = "{\"events\": [], \"meta\": {\"cursors\": {}}}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    goCardless.start();
    server =
        TestServer.start(
            Map.of(
                "KEYREEVE_DIRECT_DEBIT_GOCARDLESS_URL",
                "http://127.0.0.1:" + goCardless.getAddress().getPort()));
    serviceUser =
        server
            .post(
                "/api/service-users/gocardless",
                server.operator(),
                """
                {"name": "HARBOUR", "environment": "sandbox", "access_token": "%s",
                 "webhook_secret": "%s"}
                """
                    .formatted(TOKEN, SECRET))
            .json()
            .at("/data/id")
            .asText();
  }

  @AfterAll
  void stop() {
    server.close();
    goCardless.stop(0);
  }

  @Test
  void takesInWhatIsSignedByItsBytes() {
    var taken = webhook(serviceUser, NOTHING, sign(NOTHING));

    assertThat(taken.status()).isEqualTo(204);
    assertThat(taken.body()).isEmpty();
    assertThat(webhook(serviceUser, NOTHING.replace(" ", ""), sign(NOTHING)).status())
        .isEqualTo(401);
  }

  @Test
  void tellsNobodyWhichServiceUsersThereAre() {
    var forged = webhook(serviceUser, NOTHING, "0".repeat(64));
    var nobody = webhook("sun_01JDCVN8Q00000000000000000", NOTHING, sign(NOTHING));

    assertThat(forged.status()).isEqualTo(401);
    assertThat(forged.json().at("/error/reason").asText()).isEqualTo("invalid_signature");
    assertThat(nobody.body()).isEqualTo(forged.body());
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(webhook(serviceUser, NOTHING, null).body()).isEqualTo(forged.body());
    assertThat(webhook(serviceUser, NOTHING, "x".repeat(5000)).body()).isEqualTo(forged.body());
  }

  @Test
  void saysWhatIsWrongWithARequestThatIsNoWebhook() {
    assertThat(webhook(serviceUser, "[]", sign("[]")).json().at("/error/reason").asText())
        .isEqualTo("unreadable_webhook");
    assertThat(webhook(serviceUser, "x".repeat((1 << 20) + 1), sign("")).status()).isEqualTo(413);
    assertThat(webhook("a/b", NOTHING, sign(NOTHING)).status()).isEqualTo(404);
    assertThat(server.get("/webhooks/gocardless/" + serviceUser, null).status()).isEqualTo(405);
    assertThat(server.get("/webhooks/gocardless", null).status()).isEqualTo(404);
  }

  @Test
  void asksForEventsWithTheTokenThatNobodyIsShown() {
    Until.isTrue(() -> asked.contains("/events Bearer " + TOKEN));

    var path = "/api/service-users/" + serviceUser + "/gocardless";
    var shown = server.get(path, server.operator());
    assertThat(shown.json().at("/data/webhook_path").asText())
        .isEqualTo("/webhooks/gocardless/" + serviceUser);
    assertThat(shown.body()).doesNotContain(TOKEN, SECRET);
    var refused =
        server.send("PUT", path, server.operator(), "{\"access_token\": \"with a space\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).doesNotContain("with a space");
  }

  private Response webhook(String to, String body, @Nullable String signature) {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/webhooks/gocardless/" + to))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (signature != null) request.header("Webhook-Signature", signature);
    return server.send(request.build());
  }

  private static String sign(String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
