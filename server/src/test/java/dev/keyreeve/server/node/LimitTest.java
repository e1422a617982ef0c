package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.server.node.TestServer.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Limits and states of keys as a caller meets them, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitTest {
  private static final Scope MANDATES_READ = new Scope("mandates:read");

  private final TestServer server = TestServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void admitsExactlyTheLimitOfOneKeyToSixtyFourClientsAtOnce() throws Exception {
    var workspace = server.organisation("One key", 100_000).workspaceId();
    var key = TestServer.secretOf(server.key(workspace, 500, MANDATES_READ));

    var responses = together(64, 16, () -> server.get("/dd/v1/me", key));

    assertThat(responses).filteredOn(response -> response.status() == 200).hasSize(500);
    assertThat(responses).filteredOn(response -> response.status() == 429).hasSize(524);
  }

  @Test
  void admitsExactlyTheLimitOfAnOrganisationToAllItsKeys() throws Exception {
    var workspace = server.organisation("Many keys", 300).workspaceId();
    var keys = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      keys.add(TestServer.secretOf(server.key(workspace, 600, MANDATES_READ)));
    }
    var turn = new AtomicInteger();

    var responses =
        together(
            64, 8, () -> server.get("/dd/v1/me", keys.get(turn.getAndIncrement() % keys.size())));

    assertThat(responses).filteredOn(response -> response.status() == 200).hasSize(300);
  }

  @Test
  void tellsTheLimitThatBindsOnEveryAnswerAndOpensANewWindow() {
    var workspace = server.organisation("Headers", 100_000).workspaceId();
    var key = TestServer.secretOf(server.key(workspace, 2, MANDATES_READ));

    var first = server.get("/dd/v1/me", key);
    var refusedForItsScope =
        server.post("/dd/v1/mandates/man_01JDCVN8Q00000000000000000/cancel", key, "{}");
    var limited = server.get("/dd/v1/me", key);
    server.setTime(TestServer.BEGINNING.plus(Duration.ofMinutes(1)));
    var later = server.get("/dd/v1/me", key);

    assertThat(first.header("x-ratelimit-limit")).isEqualTo("2");
    assertThat(first.header("x-ratelimit-remaining")).isEqualTo("1");
    assertThat(refusedForItsScope.status()).isEqualTo(403);
    assertThat(refusedForItsScope.header("x-ratelimit-remaining")).isEqualTo("0");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("x-ratelimit-reset")).isEqualTo(first.header("x-ratelimit-reset"));
    assertThat(limited.json().at("/error/code").asText()).isEqualTo("RATE_LIMITED");
    assertThat(later.status()).isEqualTo(200);
    assertThat(Long.parseLong(later.header("x-ratelimit-reset")))
        .isEqualTo(Long.parseLong(first.header("x-ratelimit-reset")) + 60);
  }

  @Test
  void chargesABatchForAllItsCallsOrForNone() {
    var workspace = server.organisation("Batches", 100_000).workspaceId();
    var key = TestServer.secretOf(server.key(workspace, 5, MANDATES_READ));
    var batchOfThree = "/trpc/auth.whoami,auth.whoami,auth.whoami?batch=1&input=%7B%7D";

    var first = server.get(batchOfThree, key);
    var second = server.get(batchOfThree, key);
    var single = server.get("/trpc/auth.whoami", key);

    assertThat(first.header("x-ratelimit-remaining")).isEqualTo("2");
    assertThat(second.status()).isEqualTo(429);
    assertThat(single.header("x-ratelimit-remaining")).isEqualTo("1");
  }

  @Test
  void answersEachStateOfAKeyInItsOwnWay() {
    var workspace = server.organisation("States", 100_000).workspaceId();
    var key = server.key(workspace, 600, MANDATES_READ);
    var secret = TestServer.secretOf(key);

    server.become(key, KeyState.DEACTIVATED);
    var deactivated = server.get("/dd/v1/me", secret);
    server.become(key, KeyState.ACTIVE);
    var active = server.get("/dd/v1/me", secret);
    server.become(key, KeyState.REVOKED);
    var revoked = server.get("/dd/v1/me", secret);

    assertThat(deactivated.status()).isEqualTo(403);
    assertThat(deactivated.json().at("/error/reason").asText()).isEqualTo("key_disabled");
    assertThat(active.status()).isEqualTo(200);
    assertThat(revoked.status()).isEqualTo(401);
    assertThat(revoked.json().at("/error/reason").asText()).isEqualTo("key_revoked");
  }

  @Test
  void acceptsBothHeadersOnBothProtocols() {
    var key = server.fullKey(server.organisation("Both headers", 100_000).workspaceId());

    for (var path : List.of("/dd/v1/me", "/trpc/auth.whoami")) {
      assertThat(server.get(path, key).status()).isEqualTo(200);
      assertThat(server.getWith(path, "X-API-Key", key).status()).isEqualTo(200);
      assertThat(server.getWith(path, "Authorization", "bearer " + key).status()).isEqualTo(200);
    }
  }

  private static List<Response> together(int clients, int each, Callable<Response> call)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<List<Response>>>();
      for (int client = 0; client < clients; client++) {
        tasks.add(
            () -> {
              var responses = new ArrayList<Response>();
              for (int i = 0; i < each; i++) responses.add(call.call());
              return responses;
            });
      }
      var all = new ArrayList<Response>();
      for (var future : threads.invokeAll(tasks)) all.addAll(future.get());
      return all;
    }
  }
}
