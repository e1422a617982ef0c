package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.platform.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Calls are counted and logged once each, however often the server is killed while it answers them
/// and while it merges what it wrote down.
@ResourceLock("servers that are killed") // each is a process with much to do
final class KillCountTest {
  private static final int ROUNDS = Boolean.getBoolean("keyreeve.long") ? 100 : 3;
  private static final int CLIENTS = 4;

  /// Fewest answers to each client before a kill.
  private static final int ENOUGH = 25;

  /// How many more there can be, so that kills come at other moments, some amid a merge.
  private static final int MORE = 200;

  private static final long SEED = 20261123;
  private static final JsonMapper json = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.close();
  }

  /// One key, and the ids of the requests with it that were answered.
  private record Client(String key, String secret, Queue<String> answered) {}

  @Test
  void countsEveryCallThatWasAnsweredOnceHoweverOftenItIsKilled(@TempDir Path folder)
      throws Exception {
    var random = new Random(SEED);
    var directory = folder.resolve("data");
    var clients = new ArrayList<Client>();
    var server = ServerProcess.serve(directory);
    try {
      server.url();
      var workspace = newWorkspace(directory);
      for (int round = 0; round < ROUNDS; round++) {
        // New keys, so that no limit of a minute is met.
        var calling = new ArrayList<Client>();
        for (int i = 0; i < CLIENTS; i++) calling.add(issue(directory, workspace));
        clients.addAll(calling);
        killAmidCalls(server, calling, ENOUGH + random.nextInt(MORE));
        server = ServerProcess.serve(directory);
        server.url();
      }
      for (var client : clients) assertCountedOnce(directory, client);
    } finally {
      server.close();
    }
  }

  /// A call that was under way at the kill may have been written down and never answered.
  private void assertCountedOnce(Path directory, Client client) {
    int answered = client.answered().size();
    assertThat(answered).isGreaterThanOrEqualTo(ENOUGH);
    var usage = "/keys/" + client.key() + "/usage";
    Until.isTrue(() -> read(directory, usage).at("/data/requests").asInt() >= answered);
    assertThat(read(directory, usage).at("/data/requests").asInt())
        .isBetween(answered, answered + 1);

    var logged = new ArrayList<String>();
    var cursor = "";
    do {
      var page =
          read(
                  directory,
                  "/logs?limit=200&key_id="
                      + client.key()
                      + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
              .path("data");
      for (var item : page.path("items")) logged.add(item.path("request_id").asText());
      cursor = page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(logged).doesNotHaveDuplicates().containsAll(client.answered());
    assertThat(logged).hasSizeLessThanOrEqualTo(answered + 1);
  }

  private void killAmidCalls(ServerProcess server, List<Client> clients, int answers)
      throws Exception {
    var url = server.url();
    var enough = new CountDownLatch(CLIENTS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calling = new ArrayList<Callable<Void>>();
      for (var client : clients) {
        calling.add(
            () -> {
              for (int i = 1; call(url, client, i); i++) {
                if (i == answers) enough.countDown();
              }
              return null;
            });
      }
      var ends = calling.stream().map(threads::submit).toList();
      assertThat(enough.await(1, TimeUnit.MINUTES)).isTrue();
      server.kill();
      for (var end : ends) end.get(1, TimeUnit.MINUTES);
    }
  }

  /// Some calls are permitted, some lack a scope; both count. What the limit refuses does not.
  ///
  /// @return whether there was an answer
  private boolean call(String url, Client client, int number) throws InterruptedException {
    var path = number % 3 == 0 ? "/dd/v1/me" : "/dd/v1/mandates";
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + path))
                  .header("Authorization", "Bearer " + client.secret())
                  .GET()
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 429) return true;
      client.answered().add(answer.headers().firstValue("x-request-id").orElseThrow());
      return true;
    } catch (IOException killed) {
      return false;
    }
  }

  private String newWorkspace(Path directory) {
    return operate(
            directory,
            "/organisations",
            "{\"name\": \"Killed\", \"plan\": \"enterprise\", \"calls_per_minute\": 1000000}")
        .at("/data/workspace_id")
        .asText();
  }

  private Client issue(Path directory, String workspace) {
    var input =
        json.createObjectNode()
            .put("workspace_id", workspace)
            .put("api", DirectDebit.BRAND)
            .put("name", "Client")
            .put("rate_limit", 600);
    input.putArray("scopes").add("collections:read");
    var issued = operate(directory, "/keys", input.toString()).path("data");
    return new Client(
        issued.path("id").asText(), issued.path("key").asText(), new ConcurrentLinkedQueue<>());
  }

  private JsonNode read(Path directory, String path) {
    return send(directory, path, HttpRequest.newBuilder().GET());
  }

  private JsonNode operate(Path directory, String path, String body) {
    return send(
        directory,
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private JsonNode send(Path directory, String path, HttpRequest.Builder request) {
    var operator = Objects.requireNonNull(CommandLineFile.find(directory));
    try {
      var answer =
          http.send(
              request
                  .uri(URI.create(operator.url() + "/api" + path))
                  .header("Authorization", "Bearer " + operator.token().reveal())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
