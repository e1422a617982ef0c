package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.platform.TcpProxy;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.access.AccessFeed;
import dev.keyreeve.platform.access.Alteration;
import dev.keyreeve.platform.access.Alteration.Kind;
import dev.keyreeve.platform.access.Confirmed;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.key.IssuedKey;
import dev.keyreeve.procedure.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Two whole servers on one database: what one has answered holds on both.
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
                  servers.get(k % 2).become(keys.get(k), Key.State.REVOKED);
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
                one.become(revoked, Key.State.REVOKED);
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

  /// A change that forbids something which was allowed.
  ///
  /// @param sql run with the id of the key
  /// @param status of a call that meets it
  record Narrowing(String name, Kind touches, String sql, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Narrowing> NARROWINGS =
      List.of(
          new Narrowing(
              "revoked", Kind.KEY, "update api_key set state = 'revoked' where id = :id", 401),
          new Narrowing(
              "deactivated",
              Kind.KEY,
              "update api_key set state = 'deactivated' where id = :id",
              403),
          new Narrowing(
              "expired",
              Kind.KEY,
              "update api_key set expires_at = created_at where id = :id",
              401),
          new Narrowing(
              "without the scope",
              Kind.KEY,
              "update api_key set scopes = '{collections:read}' where id = :id",
              403),
          new Narrowing(
              "without its secret", Kind.KEY, "delete from api_key_secret where key_id = :id", 401),
          new Narrowing(
              "bound to addresses",
              Kind.KEY,
              "update api_key set addresses = '{203.0.113.0/24}' where id = :id",
              403),
          new Narrowing(
              "of an organisation that is bound to addresses",
              Kind.ORGANISATION,
              """
              update organisation set addresses = '{203.0.113.0/24}'
              where id = (select organisation_id from workspace w
                          join api_key k on k.workspace_id = w.id where k.id = :id)
              """,
              403),
          new Narrowing(
              "of an organisation that is suspended",
              Kind.ORGANISATION,
              """
              update organisation set suspended = true
              where id = (select organisation_id from workspace w
                          join api_key k on k.workspace_id = w.id where k.id = :id)
              """,
              403));

  private static final TestServer ONE = TestServer.start();
  private static final TestServer OTHER = ONE.startAnother();

  @AfterAll
  static void stop() {
    OTHER.close();
    ONE.close();
  }

  @ParameterizedTest
  @FieldSource("NARROWINGS")
  void cutsAStreamAndRefusesACallOnTheOtherServerOnceTheAnswerIsThere(Narrowing narrowing)
      throws IOException {
    var organisation = ONE.organisation("Narrowed", 100_000);
    var key = ONE.key(organisation.workspaceId(), 600, READ);
    var secret = TestServer.secretOf(key);
    try (var here = new EventStream(ONE.port(), secret);
        var there = new EventStream(OTHER.port(), secret)) {
      here.linesUntil("event: connected");
      there.linesUntil("event: connected");

      var confirmed =
          narrow(
              ONE,
              narrowing,
              key.details().id(),
              narrowing.touches() == Kind.KEY ? key.details().id() : organisation.id());

      assertThat(confirmed.nodes()).isEqualTo(2);
      assertThat(statusOfReading(ONE, key)).isEqualTo(narrowing.status());
      assertThat(statusOfReading(OTHER, key)).isEqualTo(narrowing.status());
      for (var stream : List.of(here, there)) {
        assertThat(stream.isOver()).isTrue();
        assertThat(stream.rest()).noneMatch(line -> line.startsWith("id: "));
      }
    }
  }

  private static Confirmed<String> narrow(
      TestServer server, Narrowing narrowing, String key, String touched) {
    return TestServer.done(
        server
            .server()
            .changes()
            .change(
                Actor.SYSTEM,
                TestServer.BEGINNING,
                alteration -> {
                  alteration.handle().createUpdate(narrowing.sql()).bind("id", key).execute();
                  alteration.touches(narrowing.touches(), touched);
                  return recorded(alteration);
                }));
  }

  /// A change that touches somebody and alters nothing.
  private static Confirmed<String> touch(TestServer server) {
    return TestServer.done(
        server
            .server()
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

  private static int statusOfReading(TestServer server, IssuedKey key) {
    return server.get("/dd/v1/mandates?limit=1", TestServer.secretOf(key)).status();
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
