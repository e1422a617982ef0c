package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.platform.TcpProxy;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.database.Database;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What is answered when something is wrong: doubt refuses, and each refusal has its own word.
@Timeout(120)
final class FaultTableTest {
  private static final Scope READ = new Scope("mandates:read");
  private static final Scope WRITE = new Scope("mandates:write");
  private static final String ME = "/dd/v1/me";
  private static final String MANDATES = "/dd/v1/mandates";

  private static TestServer server;
  private static String workspace;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("KEYREEVE_FAILURES_PER_MINUTE", "100000"));
    workspace = server.organisation("Acme", 1_000_000).workspaceId();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A call that meets a fault.
  @FunctionalInterface
  interface Meeting {
    TestServer.Response meets() throws SQLException;
  }

  /// @param status that the call is answered with
  /// @param reason the word that says why
  record Fault(String event, Meeting call, int status, String reason) {
    @Override
    public String toString() {
      return event;
    }
  }

  static final List<Fault> FAULTS =
      List.of(
          new Fault("no credential", () -> server.get(ME, null), 401, "missing_credential"),
          new Fault("a malformed key", () -> server.get(ME, "dd_live_1"), 401, "invalid_key"),
          new Fault("an unknown key", () -> server.get(ME, unknownKey()), 401, "invalid_key"),
          new Fault(
              "a revoked key",
              () -> server.get(ME, keyThatBecame(KeyState.REVOKED)),
              401,
              "key_revoked"),
          new Fault(
              "a deactivated key",
              () -> server.get(ME, keyThatBecame(KeyState.DEACTIVATED)),
              403,
              "key_disabled"),
          new Fault(
              "a missing scope",
              () -> server.post(MANDATES, key(600, READ), "{}"),
              403,
              "insufficient_scope"),
          new Fault(
              "a key where people manage",
              () -> server.get("/api/keys", key(600, READ)),
              403,
              "wrong_key_type"),
          new Fault("a limit that is spent", FaultTableTest::overLimit, 429, "rate_limited"),
          new Fault(
              "a table that is locked for too long",
              () -> whileSql("lock table mandate in exclusive mode", FaultTableTest::write),
              503,
              "storage_unavailable"),
          new Fault(
              "an audit entry that cannot be written",
              () ->
                  whileRenamed(
                      "audit_entry",
                      () ->
                          server.post(
                              "/api/organisations", server.operator(), "{\"name\":\"Quay\"}")),
              503,
              "storage_unavailable"),
          new Fault(
              "a mistake of ours",
              () -> whileRenamed("mandate", FaultTableTest::write),
              500,
              "internal_error"));

  @ParameterizedTest
  @FieldSource("FAULTS")
  void answersEachFaultInItsOwnWay(Fault fault) throws SQLException {
    var answer = fault.call().meets();

    assertThat(answer.json().at("/error/reason").asText()).isEqualTo(fault.reason());
    assertThat(answer.status()).isEqualTo(fault.status());
    assertThat(answer.header("x-request-id")).startsWith("req_");
    assertThat(answer.header("retry-after").isEmpty())
        .isEqualTo(fault.status() != 429 && fault.status() != 503);
  }

  @Test
  void answersFromWhatItKnowsUntilItsLeaseEndsAndThenNothing() throws IOException {
    try (var proxy = TcpProxy.to(addressOf(server.location()));
        var cutOff = server.startAnother(through(proxy, server.location()))) {
      var key = key(600, READ);
      proxy.cut();

      assertThat(cutOff.get(ME, key).status()).isEqualTo(200);
      assertThat(cutOff.get(MANDATES, key).json().at("/error/reason").asText())
          .isIn("storage_unavailable", "verification_unavailable");
      // Asked with a key of nobody, which pays from no limit.
      Until.isTrue(() -> cutOff.get(ME, unknownKey()).status() == 503);
      assertThat(cutOff.get(ME, key).json().at("/error/reason").asText())
          .isEqualTo("verification_unavailable");

      proxy.restore();
      Until.isTrue(() -> cutOff.get(ME, unknownKey()).status() != 503);
      assertThat(cutOff.get(ME, key).status()).isEqualTo(200);
    }
  }

  private static String key(int limit, Scope... scopes) {
    return TestServer.secretOf(server.key(workspace, limit, scopes));
  }

  private static String keyThatBecame(KeyState state) {
    var issued = server.key(workspace, 600, READ);
    server.become(issued, state);
    return TestServer.secretOf(issued);
  }

  /// Well-formed, and of nobody.
  private static String unknownKey() {
    var random = new SecureRandom();
    return KeyToken.issue("dd", Environment.LIVE, KeyId.random(random), random).secret().reveal();
  }

  private static TestServer.Response overLimit() {
    var key = key(1, READ);
    server.setTime(Instant.parse("2026-11-23T12:00:00Z"));
    server.get(ME, key);
    return server.get(ME, key);
  }

  private static TestServer.Response write() {
    return server.post(
        MANDATES,
        key(600, WRITE),
        """
        {"payer": {"name": "Sam"}, "reference": "FAULT1",
         "bankDetails": {"sortCode": "00-00-01", "accountNumber": "12345678",
                         "accountHolderName": "Sam"},
         "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"}}
        """);
  }

  private static TestServer.Response whileSql(String sql, Meeting call) throws SQLException {
    try (var superuser = server.superuser();
        var statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute(sql);
      var answer = call.meets();
      superuser.rollback();
      return answer;
    }
  }

  private static TestServer.Response whileRenamed(String table, Meeting call) throws SQLException {
    try (var superuser = server.superuser();
        var statement = superuser.createStatement()) {
      statement.execute("alter table %s rename to mislaid".formatted(table));
      try {
        return call.meets();
      } finally {
        statement.execute("alter table mislaid rename to %s".formatted(table));
      }
    }
  }

  private static InetSocketAddress addressOf(Database.Location location) {
    var url = URI.create(location.jdbcUrl().substring("jdbc:".length()));
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  private static Database.Location through(TcpProxy proxy, Database.Location location) {
    var there = addressOf(location);
    return new Database.Location(
        location
            .jdbcUrl()
            .replace(there.getHostString() + ":" + there.getPort(), "127.0.0.1:" + proxy.port()),
        location.user(),
        location.password());
  }
}
