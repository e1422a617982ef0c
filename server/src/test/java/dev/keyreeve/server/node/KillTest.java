package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.directdebit.DirectDebit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The server as a process that ends, at any moment or in order, and what is there afterwards.
@ResourceLock("servers that are killed") // each is a process with much to do
final class KillTest {
  private static final int ROUNDS = Boolean.getBoolean("keyreeve.long") ? 100 : 3;
  private static final int CLIENTS = 4;
  private static final long SEED = 20261123;
  private static final JsonMapper json = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  /// The mandates that clients know of, by the idempotency key of the call that made them.
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  /// The idempotency keys of calls that were never answered.
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    http.close();
  }

  /// A key as it was issued.
  private record Issued(String id, String secret) {}

  @Test
  void losesNothingAcknowledgedAndRepeatsNothingHoweverOftenItIsKilled(@TempDir Path folder)
      throws Exception {
    var random = new Random(SEED);
    var directory = folder.resolve("data");
    var server = ServerProcess.serve(directory);
    try {
      server.url();
      var workspace = newWorkspace(directory);
      var keys = new ArrayList<String>();
      var revoked = new ArrayList<String>();
      for (int i = 0; i < CLIENTS; i++) keys.add(issue(directory, workspace).secret());

      for (int round = 0; round < ROUNDS; round++) {
        var doomed = issue(directory, workspace);
        operate(directory, "/keys/" + doomed.id() + "/revoke", "{}");
        revoked.add(doomed.secret());
        killAmidCalls(server, "round-" + round, keys, 10 + random.nextInt(30));

        server = ServerProcess.serve(directory);
        var url = server.url();

        assertThat(server.output()).contains("an earlier server left behind");
        for (var name : Set.copyOf(unanswered)) {
          assertThat(create(url, keys.getFirst(), name)).describedAs(name).isEqualTo(200);
          unanswered.remove(name);
        }
        assertThat(allMandates(url, keys)).isEqualTo(new TreeMap<>(acknowledged));
        for (var key : keys) assertThat(get(url, "/dd/v1/me", key).statusCode()).isEqualTo(200);
        for (var key : revoked) {
          var refusal = get(url, "/dd/v1/me", key);
          assertThat(refusal.statusCode()).isEqualTo(401);
          assertThat(refusal.body()).contains("\"key_revoked\"");
        }
      }
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(10 * ROUNDS);
    } finally {
      server.close();
    }
  }

  @Test
  void answersWhatWasBegunBeforeItStopsAndLeavesNothingRunning(@TempDir Path folder)
      throws Exception {
    var directory = folder.resolve("data");
    try (var server = ServerProcess.serve(directory)) {
      var url = server.url();
      var key = issue(directory, newWorkspace(directory)).secret();
      var postgres = server.postgres().orElseThrow();
      try (var blocker = superuser(directory);
          var idle = new RawSocket(server.port());
          var calling = Executors.newSingleThreadExecutor()) {
        lockMandates(blocker);
        var call = calling.submit(() -> create(url, key, "in flight"));
        awaitWaitingCall(blocker);

        server.terminate();
        awaitRefusedConnection(server.port());
        blocker.rollback();

        assertThat(call.get(1, TimeUnit.MINUTES)).isEqualTo(200);
        assertThat(idle.isEnded()).isTrue();
      }
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.output()).contains("Stopping: answering what was begun.", "Stopped.");
      assertThat(directory.resolve("operator.json")).doesNotExist();
      assertThat(postgres.onExit()).succeedsWithin(Duration.ofMinutes(1));
      assertThat(server.postgres()).isEmpty();

      try (var again = ServerProcess.serve(directory)) {
        assertThat(allMandates(again.url(), List.of(key))).isEqualTo(acknowledged);
      }
    }
  }

  /// Lets every client create mandates, and kills the server while they do.
  private void killAmidCalls(ServerProcess server, String round, List<String> keys, int enough)
      throws Exception {
    var url = server.url();
    var calls = new CountDownLatch(enough);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<Callable<Integer>>();
      for (int client = 0; client < CLIENTS; client++) {
        var key = keys.get(client);
        var name = round + "-client-" + client + "-call-";
        clients.add(
            () -> {
              for (int i = 0; ; i++) {
                int status = create(url, key, name + i);
                if (status != 200) return status;
                calls.countDown();
              }
            });
      }
      var ends = clients.stream().map(threads::submit).toList();
      assertThat(calls.await(1, TimeUnit.MINUTES)).isTrue();
      server.kill();
      for (var end : ends) assertThat(end.get(1, TimeUnit.MINUTES)).isZero();
    }
  }

  /// Creates a mandate, and notes what the client knows then.
  ///
  /// @return the status, or 0 if there was no answer
  private int create(String url, String key, String name) throws InterruptedException {
    var body =
        """
        {"payer": {"name": "Sam", "externalRef": "%1$s"}, "idempotencyKey": "%1$s",
         "bankDetails": {"sortCode": "00-00-01", "accountNumber": "12345678",
                         "accountHolderName": "Sam"},
         "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"}}
        """
            .formatted(name);
    try {
      var answer = post(url + "/dd/v1/mandates", key, body);
      if (answer.statusCode() == 200) {
        acknowledged.put(name, json.readTree(answer.body()).at("/data/mandate/id").asText());
      }
      return answer.statusCode();
    } catch (IOException e) {
      unanswered.add(name);
      return 0;
    }
  }

  /// The ids of all mandates, by their payer's reference; none has the same one.
  private Map<String, String> allMandates(String url, List<String> keys) throws Exception {
    var found = new TreeMap<String, String>();
    var cursor = "";
    for (int page = 0; page == 0 || !cursor.isEmpty(); page++) {
      var target = "/dd/v1/mandates?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
      var answer = get(url, target, keys.get(page % keys.size()));
      var data = json.readTree(answer.body()).path("data");
      for (var mandate : data.path("items")) {
        var before =
            found.put(mandate.at("/payer/externalRef").asText(), mandate.path("id").asText());
        assertThat(before).isNull();
      }
      cursor = data.path("nextCursor").asText("");
    }
    return found;
  }

  private String newWorkspace(Path directory) throws Exception {
    return operate(
            directory,
            "/organisations",
            "{\"name\": \"Killed\", \"plan\": \"enterprise\", \"calls_per_minute\": 1000000}")
        .path("workspace_id")
        .asText();
  }

  private Issued issue(Path directory, String workspace) throws Exception {
    var input =
        json.createObjectNode()
            .put("workspace_id", workspace)
            .put("api", DirectDebit.BRAND)
            .put("name", "Client")
            .put("rate_limit", 600);
    input.putArray("scopes").add("mandates:read").add("mandates:write");
    var issued = operate(directory, "/keys", input.toString());
    return new Issued(issued.path("id").asText(), issued.path("key").asText());
  }

  private JsonNode operate(Path directory, String path, String body) throws Exception {
    var operator = Objects.requireNonNull(CommandLineFile.find(directory));
    var answer = post(operator.url() + "/api" + path, operator.token().reveal(), body);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return json.readTree(answer.body()).path("data");
  }

  private HttpResponse<String> get(String url, String target, String key) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + target)).GET(), key);
  }

  private HttpResponse<String> post(String url, String key, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String key)
      throws IOException, InterruptedException {
    return http.send(
        request.header("Authorization", "Bearer " + key).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Connection superuser(Path directory) throws IOException, SQLException {
    var postgresql = directory.resolve("postgresql");
    var port = Files.readAllLines(postgresql.resolve("cluster/postmaster.pid")).get(3).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/keyreeve",
        "postgres",
        Files.readString(postgresql.resolve("superuser-password")).strip());
  }

  private static void lockMandates(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table mandate in exclusive mode");
    }
  }

  private static void awaitWaitingCall(Connection holder) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    var query =
        "select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))";
    while (System.nanoTime() < deadline) {
      try (var statement = holder.createStatement();
          var row = statement.executeQuery(query)) {
        if (row.next()) return;
      }
    }
    throw new AssertionError("no call came as far as the lock");
  }

  private static void awaitRefusedConnection(int port) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (System.nanoTime() < deadline) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
      } catch (IOException refused) {
        return;
      }
    }
    throw new AssertionError("still listens on " + port);
  }
}
