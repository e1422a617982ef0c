package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Basis.Kind;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.access.AccessFeed;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Confirmed;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.platform.TcpProxy;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Two whole servers on one database: what one has answered holds on both.
@Isolated("Measures time.")
@Timeout(180)
final class RevocationTest {
  private static final int REVOCATIONS = 1_000;
  private static final int CALLERS = 3;
  private static final int REVOKERS = 4;
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(20);
  private static final long SEED = 20261123;
  private static final Scope READ = new Scope("mandates:read");

  @Test
  void acceptsNoKeyOnAnyServerOnceItsRevocationIsAnswered() throws Exception {
    try (var one = TestServer.start();
        var other = one.startAnother()) {
      var servers = List.of(one, other);
      var keys = issue(one, REVOCATIONS);
      var revoked = ConcurrentHashMap.<Integer>newKeySet();
      var wrong = ConcurrentHashMap.<String>newKeySet();
      var ended = new AtomicBoolean();
      var calls = new AtomicInteger();
      var next = new AtomicInteger();

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var work = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < REVOKERS; i++) {
          work.add(
              () -> {
                for (int k = next.getAndIncrement(); k < keys.size(); k = next.getAndIncrement()) {
                  servers.get(k % 2).become(keys.get(k), KeyState.REVOKED);
                  revoked.add(k);
                  // At once, on the server that did not answer the revocation.
                  if (status(servers.get(1 - k % 2), keys.get(k)) != 401) wrong.add("key " + k);
                }
                ended.set(true);
                return 0;
              });
        }
        for (int i = 0; i < CALLERS; i++) {
          var random = new Random(SEED + i);
          work.add(
              () -> {
                while (!ended.get()) {
                  int k = random.nextInt(keys.size());
                  boolean mustFail = revoked.contains(k);
                  int status = status(servers.get(random.nextInt(2)), keys.get(k));
                  if (mustFail && status != 401) wrong.add("key " + k + ": " + status);
                  calls.incrementAndGet();
                }
                return 0;
              });
        }
        for (var done : threads.invokeAll(work)) done.get();
      }

      assertThat(wrong).isEmpty();
      assertThat(revoked).hasSize(REVOCATIONS);
      assertThat(calls.get()).isPositive();
    }
  }

  @Test
  void waitsForAServerThatIsCutOffUntilItPermitsNobody() throws Exception {
    try (var one = TestServer.start();
        var proxy = TcpProxy.to(addressOf(one.location()));
        var other = one.startAnother(through(proxy, one.location()));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var keys = issue(one, 2);
      var revoked = keys.getFirst();
      assertThat(status(other, revoked)).isEqualTo(200);

      proxy.cut();
      long cut = System.nanoTime();
      var answer =
          threads.submit(
              () -> {
                one.become(revoked, KeyState.REVOKED);
                return System.nanoTime();
              });
      int last = 200;
      while (!answer.isDone()) {
        last = status(other, revoked);
        LockSupport.parkNanos(BETWEEN_CALLS.toNanos());
      }
      long answered = answer.get(1, TimeUnit.MINUTES);

      assertThat(status(other, revoked)).isEqualTo(503);
      assertThat(status(other, keys.getLast())).isEqualTo(503);
      assertThat(last).isIn(200, 503);
      assertThat(Duration.ofNanos(answered - cut)).isGreaterThan(AccessFeed.LEASE.minusSeconds(2));
      assertThat(status(one, revoked)).isEqualTo(401);
      assertThat(status(one, keys.getLast())).isEqualTo(200);

      proxy.restore();
      Until.isTrue(() -> status(other, keys.getLast()) == 200);
      assertThat(status(other, revoked)).isEqualTo(401);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "keyreeve.long", matches = "true")
  void permitsNothingThatWasForbiddenWhileAServerWasStopped(@TempDir Path folder) throws Exception {
    try (var one = TestServer.start();
        var other = one.startProcess(folder);
        var http = HttpClient.newHttpClient()) {
      var url = other.url();
      for (var key : issue(one, 3)) {
        assertThat(status(http, url, key)).isEqualTo(200);

        other.signal("STOP");
        one.become(key, KeyState.REVOKED);
        other.signal("CONT");

        Until.isTrue(
            () -> {
              int status = status(http, url, key);
              assertThat(status).isIn(401, 503);
              return status == 401;
            });
      }
    }
  }

  private static int status(HttpClient http, String url, IssuedKey key) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/dd/v1/me"))
            .header("Authorization", "Bearer " + TestServer.secretOf(key))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void waitsForNoServerThatLeftInOrder() {
    try (var one = TestServer.start()) {
      one.startAnother().close();

      assertThat(touch(one).nodes()).isEqualTo(1);
    }
  }

  @Test
  void tellsHowManyServersHaveAChange() {
    try (var one = TestServer.start();
        var other = one.startAnother()) {
      assertThat(touch(one).nodes()).isEqualTo(2);
      assertThat(touch(other).nodes()).isEqualTo(2);
    }
  }

  /// A change that touches somebody and alters nothing.
  private static Confirmed<String> touch(TestServer server) {
    return TestServer.done(
        server
            .server()
            .access()
            .changes()
            .change(
                Actor.SYSTEM,
                TestServer.BEGINNING,
                alteration -> {
                  alteration.touches(Kind.ORGANISATION, "nobody");
                  return recorded(alteration);
                }));
  }

  private static Outcome<String> recorded(Alteration alteration) {
    alteration.records(AuditLog.SERVER, "test.changed", new Target("test", "1"), Map.of());
    return Outcome.done("changed");
  }

  private static List<IssuedKey> issue(TestServer server, int count) throws Exception {
    var workspace = server.organisation("Revoked", 1_000_000).workspaceId();
    var keys = new ArrayList<IssuedKey>();
    Callable<IssuedKey> issuing = () -> server.key(workspace, 600, READ);
    try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      for (var key : threads.invokeAll(Collections.nCopies(count, issuing))) keys.add(key.get());
    }
    return keys;
  }

  /// Of a call that needs no database.
  private static int status(TestServer server, IssuedKey key) {
    return server.get("/dd/v1/me", TestServer.secretOf(key)).status();
  }

  private static InetSocketAddress addressOf(Database.Location location) {
    var uri = URI.create(location.jdbcUrl().substring("jdbc:".length()));
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private static Database.Location through(TcpProxy proxy, Database.Location location) {
    var direct = ":" + addressOf(location).getPort() + "/";
    return new Database.Location(
        location.jdbcUrl().replace(direct, ":" + proxy.port() + "/"),
        location.user(),
        location.password());
  }
}
