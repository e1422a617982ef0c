package dev.keyreeve.identity.access;

import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.TcpProxy;
import dev.keyreeve.platform.TestClock;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.procedure.Actor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class AccessFeedTest {
  @Test
  void followsTheLogEvenIfNobodyNotifies() {
    try (var platform = TestIdentity.start()) {
      var issued = issue(platform);

      platform.database().jdbi().useTransaction(handle -> revoke(handle, issued));

      Until.isTrue(() -> lookup(platform, issued) == KeyState.REVOKED);
    }
  }

  @Test
  void holdsEachChangeWhenItIsAnsweredEvenIfNobodyNotifies() {
    try (var platform = TestIdentity.start(withoutNotify(TestPlatform.freshLocation()))) {
      var issued = issue(platform);

      platform
          .keys()
          .become(
              KeyId.parse(issued.details().id()),
              KeyState.REVOKED,
              Actor.SYSTEM,
              TestPlatform.START);

      assertThat(lookup(platform, issued)).isEqualTo(KeyState.REVOKED);
    }
  }

  @Test
  void recoversFromALostConnection() {
    var location = TestPlatform.freshLocation();
    try (var platform = TestIdentity.start(location)) {
      var issued = issue(platform);
      var jdbi = platform.database().jdbi();
      for (int i = 0; i < Rounds.of(3); i++) {
        jdbi.useTransaction(
            handle -> {
              handle
                  .createQuery("select pg_terminate_backend(:holder)")
                  .bind("holder", holder(handle))
                  .mapTo(Boolean.class)
                  .one();
              set(handle, issued, "deactivated");
            });

        Until.isTrue(() -> lookup(platform, issued) == KeyState.DEACTIVATED);
        assertThat(jdbi.withHandle(AccessFeedTest::holder)).isNotNull();
        platform
            .keys()
            .become(
                KeyId.parse(issued.details().id()),
                KeyState.ACTIVE,
                Actor.SYSTEM,
                TestPlatform.START);
        assertThat(lookup(platform, issued)).isEqualTo(KeyState.ACTIVE);
      }
    }
  }

  @Test
  void permitsNobodyOnceItsLeaseHasRunOutAndRecovers() throws Exception {
    var location = TestPlatform.freshLocation();
    try (var proxy = TcpProxy.to(addressOf(location));
        var direct = Database.open(location);
        var platform = TestIdentity.start(through(proxy, location))) {
      var kept = issue(platform);
      var revoked = issue(platform);

      proxy.cut();
      Until.isTrue(() -> direct.jdbi().withHandle(AccessFeedTest::holder) == null);
      direct.jdbi().useTransaction(handle -> revoke(handle, revoked));
      assertThat(lookup(platform, revoked)).isEqualTo(KeyState.ACTIVE);
      platform.clock().advance(AccessFeed.LEASE);
      assertThat(isUnavailable(platform, kept)).isTrue();
      assertThat(isUnavailable(platform, revoked)).isTrue();
      assertThatThrownBy(() -> issue(platform)).isInstanceOf(RuntimeException.class);

      proxy.restore();
      Until.isTrue(() -> !isUnavailable(platform, revoked));
      assertThat(lookup(platform, revoked)).isEqualTo(KeyState.REVOKED);
      assertThat(lookup(platform, kept)).isEqualTo(KeyState.ACTIVE);
      assertThat(lookup(platform, issue(platform))).isEqualTo(KeyState.ACTIVE);
    }
  }

  @Test
  void isFreshWhenItHasStartedHoweverLongTheLoadingTook() {
    var location = TestPlatform.freshLocation();
    var clock = new TestClock(TestPlatform.START);
    try (var database = Database.open(location);
        var blocker = database.jdbi().open()) {
      blocker.begin();
      blocker.execute("lock table api_key in access exclusive mode");
      var starting =
          CompletableFuture.supplyAsync(
              () -> TestIdentity.start(location, Map.of(), clock),
              task -> Thread.ofPlatform().start(task));
      Until.isTrue(() -> isSomebodyWaiting(blocker));

      clock.advance(AccessFeed.LEASE);
      blocker.commit();

      try (var platform = starting.join()) {
        assertThat(platform.directory().lookup("no key", TestPlatform.START.toEpochMilli()))
            .isInstanceOf(Lookup.Unknown.class);
      }
    }
  }

  private static boolean isSomebodyWaiting(Handle handle) {
    return handle
        .createQuery(
            """
            select exists (
              select from pg_locks l join pg_database d on d.oid = l.database
              where not granted and d.datname = current_database())
            """)
        .mapTo(Boolean.class)
        .one();
  }

  @Test
  void loadsManyKeysAndFindsEachByItsIndex() {
    int many = Rounds.of(20_000);
    var location = TestPlatform.freshLocation();
    IssuedKey issued;
    try (var before = TestIdentity.start(location)) {
      issued = issue(before);
      before.database().jdbi().useHandle(handle -> copy(handle, issued, many));
    }

    try (var platform = TestIdentity.start(location)) {
      assertThat(platform.directory().size()).isEqualTo(many + 1);
      assertThat(lookup(platform, issued)).isEqualTo(KeyState.ACTIVE);
      assertThat(planToFind(platform.database().jdbi(), issued)).contains("Index");
    }
  }

  @Test
  void loadsAKeyWhoseScopeIsNoMore() {
    var location = TestPlatform.freshLocation();
    IssuedKey issued;
    try (var before = TestIdentity.start(location)) {
      issued = issue(before);
      before
          .database()
          .jdbi()
          .useHandle(
              handle -> handle.execute("update api_key set scopes = '{things:read,things:burn}'"));
    }

    try (var platform = TestIdentity.start(location)) {
      var key = platform.callerOf(issued).subject();

      assertThat(key.holds(READ)).isTrue();
      assertThat(key.holds(WRITE)).isFalse();
    }
  }

  @Test
  void changesAnOrganisationForAllItsKeysAndKeepsItsCounter() {
    try (var platform = TestIdentity.start()) {
      var organisation = platform.organisation();
      var one = platform.callerOf(platform.key(organisation.workspaceId(), READ)).subject();
      var other = platform.callerOf(platform.key(organisation.workspaceId(), READ)).subject();
      var before = ((Key) one).organisation().standing();

      platform
          .database()
          .jdbi()
          .useTransaction(
              handle -> {
                handle.execute("update organisation set calls_per_minute = 7, suspended = true");
                told(handle, "organisation", organisation.id());
              });

      Until.isTrue(() -> ((Key) other).organisation().standing().suspended());
      assertThat(((Key) one).organisation().standing().limit())
          .isEqualTo(before.limit().withCalls(7));
    }
  }

  @Test
  void opensNothingWithAKeyThatHasNoSecretAnyMore() {
    try (var platform = TestIdentity.start()) {
      var issued = issue(platform);

      platform
          .database()
          .jdbi()
          .useTransaction(
              handle -> {
                handle.execute("delete from api_key_secret");
                told(handle, "key", issued.details().id());
              });

      Until.isTrue(
          () ->
              platform
                      .directory()
                      .lookup(TestIdentity.text(issued), TestPlatform.START.toEpochMilli())
                  instanceof Lookup.Unknown);
    }
  }

  private static IssuedKey issue(TestIdentity platform) {
    return platform.key(platform.organisation().workspaceId(), READ);
  }

  private static @Nullable KeyState lookup(TestIdentity platform, IssuedKey issued) {
    return platform.directory().lookup(TestIdentity.text(issued), TestPlatform.START.toEpochMilli())
            instanceof Lookup.Known(Key key, _)
        ? key.state()
        : null;
  }

  private static boolean isUnavailable(TestIdentity platform, IssuedKey issued) {
    return platform.directory().lookup(TestIdentity.text(issued), TestPlatform.START.toEpochMilli())
        instanceof Lookup.Unavailable;
  }

  private static void revoke(Handle handle, IssuedKey issued) {
    set(handle, issued, "revoked");
  }

  /// A change as another node makes it, of which no notification arrives.
  private static void set(Handle handle, IssuedKey issued, String state) {
    handle.execute("update api_key set state = ? where id = ?", state, issued.details().id());
    told(handle, "key", issued.details().id());
  }

  private static void told(Handle handle, String kind, String id) {
    handle.execute(
        "insert into access_change (subject_kind, subject_id, at) values (?, ?, now())", kind, id);
  }

  /// The backend of the feed.
  private static @Nullable Integer holder(Handle handle) {
    return handle
        .createQuery(
            """
            select pid from pg_stat_activity
            where datname = current_database() and application_name = :name
            """)
        .bind("name", AccessFeed.NAME)
        .mapTo(Integer.class)
        .findOne()
        .orElse(null);
  }

  /// On this path a function of ours comes before PostgreSQL's own `pg_notify`.
  private static Database.Location withoutNotify(Database.Location location) {
    try (var database = Database.open(location)) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      create function public.pg_notify(text, text) returns void
                      language sql as 'select'
                      """));
    }
    return new Database.Location(
        location.jdbcUrl() + "?options=-csearch_path=public,pg_catalog",
        location.user(),
        location.password());
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

  private static void copy(Handle handle, IssuedKey issued, int times) {
    handle
        .createUpdate(
            """
            with copied as (
              insert into api_key (id, workspace_id, api, environment, name, scopes, state,
                                   calls_per_minute, not_before, expires_at, version, created_at,
                                   changed_at)
              select lpad(n::text, 12, '0'), workspace_id, api, environment, name, scopes, state,
                     calls_per_minute, not_before, expires_at, version, created_at, changed_at
              from api_key, generate_series(1, :times) n where id = :id
              returning id)
            insert into api_key_secret
            select copied.id, number, digest, pepper_version, created_at, not_after
            from api_key_secret, copied where key_id = :id
            """)
        .bind("times", times)
        .bind("id", issued.details().id())
        .execute();
    handle.execute("analyze api_key");
  }

  private static String planToFind(Jdbi jdbi, IssuedKey issued) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("explain select 1 from api_key where id = :id")
                .bind("id", issued.details().id())
                .mapTo(String.class)
                .list()
                .toString());
  }
}
