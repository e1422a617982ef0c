package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import dev.keyreeve.platform.Until;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/// Issues a key, uses it rightly and wrongly, and looks for its secret wherever one could be left.
@Isolated("Reads all that this JVM logs.")
final class CanaryTest {
  private static final String ACCOUNT_NUMBER = "31415926";

  @Test
  void leavesNoSecretInLogsAnswersOrTables() throws Exception {
    var log = new Log();
    try (var server = TestServer.start()) {
      var workspace = server.organisation("Canary", 100_000).workspaceId();
      var key = server.fullKey(workspace);

      var answers = exercise(server, key);

      var canaries = canaries(key);
      assertThat(answers).noneMatch(answer -> contains(answer, canaries));
      assertThat(log.lines).isNotEmpty().noneMatch(line -> contains(line, canaries));
      assertThat(cells(server)).isNotEmpty().noneMatch(cell -> contains(cell, canaries));
    } finally {
      log.close();
    }
  }

  @Test
  void leavesNothingThatOpensASessionInLogsAnswersOrTables() throws Exception {
    var log = new Log();
    try (var server = TestServer.start()) {
      var organisation = server.organisation("Canary", 100_000).id();
      var code = server.bootstrapCode(organisation);
      var owner = server.browser();
      var person =
          """
          {"code": "%s", "email": "a@example.com", "name": "A", "password": "%s"}
          """
              .formatted(code, Browser.PASSWORD);
      var answers = new ArrayList<String>();

      answers.add(owner.post("/auth/bootstrap", person).body());
      var first = owner.cookie();
      var invited =
          owner.post(
              "/api/members/invitations", "{\"email\": \"b@example.com\", \"role\": \"viewer\"}");
      var token = invited.json().at("/data/token").asText();
      var second = server.browser();
      answers.add(second.signIn("a@example.com", Browser.PASSWORD).body());
      answers.add(second.signIn("a@example.com", Browser.PASSWORD + "!").body());
      answers.add(second.get("/api/session").body());
      answers.add(second.get("/api/sessions").body());
      answers.add(second.get("/api/members").body());
      answers.add(second.get("/api/members/invitations").body());
      answers.add(second.get("/api/session?cookie=" + first).body());
      answers.add(
          second
              .post(
                  "/auth/invitations/accept",
                  "{\"token\": \"%s\", \"name\": 5, \"password\": \"%s\"}"
                      .formatted(token, Browser.PASSWORD))
              .body());

      var canaries =
          List.of(
              Browser.PASSWORD,
              Base64.getEncoder()
                  .withoutPadding()
                  .encodeToString(Browser.PASSWORD.getBytes(StandardCharsets.UTF_8)),
              code,
              code.replace("-", ""),
              first,
              HexFormat.of().formatHex(Base64.getUrlDecoder().decode(first)),
              second.cookie(),
              token);
      assertThat(answers).noneMatch(answer -> contains(answer, canaries));
      assertThat(log.lines).isNotEmpty().noneMatch(line -> contains(line, canaries));
      assertThat(cells(server)).isNotEmpty().noneMatch(cell -> contains(cell, canaries));
    } finally {
      log.close();
    }
  }

  /// GoCardless, or a proxy before it, may repeat what it was sent.
  @Test
  void leavesNoTokenOfGoCardlessInLogsAnswersOrTables() throws Exception {
    var canaries = List.of("sandbox_Y2FuYXJ5LXRva2Vu", "canary-webhook-secret");
    var log = new Log();
    var echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    echo.createContext(
        "/",
        exchange -> {
          var token = exchange.getRequestHeaders().getFirst("Authorization");
          var body =
              """
              {"error": {"type": "invalid_api_usage", "code": 401,
                         "errors": [{"message": "No such token: %s"}]}}
              """
                  .formatted(token)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    echo.start();
    var url = "http://127.0.0.1:" + echo.getAddress().getPort();
    try (var server = TestServer.start(Map.of("KEYREEVE_DIRECT_DEBIT_GOCARDLESS_URL", url))) {
      var operator = server.operator();
      var input =
          """
          {"name": "CANARY", "environment": "sandbox", "access_token": "%s",
           "webhook_secret": "%s"}
          """
              .formatted(canaries.getFirst(), canaries.getLast());
      var created = server.post("/api/service-users/gocardless", operator, input);
      var path = "/api/service-users/" + created.json().at("/data/id").asText() + "/gocardless";
      Until.isTrue(() -> server.get(path, operator).body().contains("No such token"));
      var answers =
          List.of(
              created.body(),
              server.get(path, operator).body(),
              server.get(path + "/comparison", operator).body(),
              server.get("/api/service-users", operator).body(),
              server.post("/api/service-users/gocardless", operator, input + "x").body(),
              server
                  .post(
                      "/api/service-users/gocardless", operator, input.replace("sandbox\"", "5\""))
                  .body());

      assertThat(answers).noneMatch(answer -> contains(answer, canaries));
      assertThat(log.lines).isNotEmpty().noneMatch(line -> contains(line, canaries));
      assertThat(cells(server)).isNotEmpty().noneMatch(cell -> contains(cell, canaries));
    } finally {
      echo.stop(0);
      log.close();
    }
  }

  private static List<String> exercise(TestServer server, String key) {
    var answers = new ArrayList<String>();
    var mandate =
        """
        {"payer": {"name": "Sam"}, "reference": "CANARY-1",
         "bankDetails": {"sortCode": "00-00-01", "accountNumber": "%s",
                         "accountHolderName": "Sam"},
         "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"},
         "idempotencyKey": "canary"}
        """
            .formatted(ACCOUNT_NUMBER);
    answers.add(server.get("/dd/v1/me", key).body());
    answers.add(server.post("/dd/v1/mandates", key, mandate).body());
    answers.add(server.post("/dd/v1/mandates", key, mandate).body());
    answers.add(server.post("/dd/v1/mandates", key, mandate.replace("\"Sam\"", "5")).body());
    answers.add(server.get("/dd/v1/mandates", key).body());
    answers.add(server.get("/dd/v1/mandates?api_key=" + key, null).body());
    answers.add(server.get("/dd/v1/" + key, key).body());
    answers.add(server.get("/trpc/mandates.get?input=" + key, key).body());
    answers.add(server.get("/dd/v1/me", key + "x").body());
    answers.add(server.get("/dd/v1/me", key.replace("live", "test")).body());
    var leaked = "{\"keys\": [\"%s\"]}".formatted(key);
    answers.add(server.post("/api/keys/revoke-leaked", null, leaked + "x").body());
    answers.add(server.post("/api/keys/revoke-leaked", null, leaked.replace("[", "[5, ")).body());
    answers.add(server.post("/api/keys/revoke-leaked", null, leaked).body());
    answers.add(server.get("/dd/v1/me", key).body());
    return answers;
  }

  /// The secret itself and its halves, in the forms in which things are written down.
  private static List<String> canaries(String key) {
    var secret = key.substring(key.length() - 38, key.length() - 6);
    var canaries = new ArrayList<String>();
    for (var text : List.of(key, secret, secret.substring(0, 16), ACCOUNT_NUMBER)) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      canaries.add(text);
      canaries.add(HexFormat.of().formatHex(bytes));
      canaries.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }
    return canaries;
  }

  private static boolean contains(String text, List<String> canaries) {
    return canaries.stream().anyMatch(text::contains);
  }

  /// Every row of every table, as text.
  private static List<String> cells(TestServer server) throws SQLException {
    var rows = new ArrayList<String>();
    try (var connection = server.superuser();
        var tables = connection.createStatement();
        var names =
            tables.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
      while (names.next()) {
        try (var statement = connection.createStatement();
            var row = statement.executeQuery("select t::text from " + names.getString(1) + " t")) {
          while (row.next()) rows.add(row.getString(1));
        }
      }
    }
    return rows;
  }

  /// Everything that anything logs, at its most talkative.
  private static final class Log extends AppenderBase<ILoggingEvent> {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ch.qos.logback.classic.Level before = root.getLevel();

    Log() {
      setContext(root.getLoggerContext());
      start();
      root.setLevel(ch.qos.logback.classic.Level.TRACE);
      root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
      var thrown = event.getThrowableProxy();
      if (thrown != null) lines.add(ThrowableProxyUtil.asString(thrown));
    }

    void close() {
      root.detachAppender(this);
      root.setLevel(before);
    }
  }
}
