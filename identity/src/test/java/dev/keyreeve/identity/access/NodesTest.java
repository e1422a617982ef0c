package dev.keyreeve.identity.access;

import static dev.keyreeve.platform.TestPlatform.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.audit.AuditLog;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class NodesTest {
  @Test
  void hasARowForEachNodeThatRuns() {
    var location = TestPlatform.freshLocation();
    try (var one = TestIdentity.start(location)) {
      assertThat(rows(one)).isEqualTo(1);
      try (var _ = TestIdentity.start(location)) {
        assertThat(rows(one)).isEqualTo(2);
      }
      assertThat(rows(one)).isEqualTo(1);
    }
  }

  @Test
  void answersAChangeOnceEveryNodeHasIt() {
    var location = TestPlatform.freshLocation();
    try (var one = TestIdentity.start(location);
        var other = TestIdentity.start(location)) {
      var issued = one.key(one.organisation().workspaceId(), READ);

      assertThat(other.directory().find(KeyId.parse(issued.details().id()))).isNotNull();
      assertThat(TestPlatform.done(touch(one)).nodes()).isEqualTo(2);
    }
  }

  @Test
  void waitsForANodeThatIsSilentUntilItsLeaseIsOver() {
    try (var platform = TestIdentity.start()) {
      add(platform, "silent", 0);
      var answer = CompletableFuture.supplyAsync(() -> touch(platform), Thread::startVirtualThread);
      // This node has it before the clock, on which its own lease runs too, is moved.
      Until.isTrue(() -> count(platform, "select count(*) from node where confirmed_seq > 0") == 1);
      assertThat(answer).isNotDone();

      // Silence is counted from when the row was first seen, which may be only now.
      Until.isTrue(
          () -> {
            platform.clock().advance(Duration.ofMillis(5_200));
            return answer.isDone();
          });

      assertThat(TestPlatform.done(answer.join()).nodes()).isEqualTo(1);
    }
  }

  @Test
  void waitsForANodeThatShowsItselfUntilItHasTheChange() {
    try (var platform = TestIdentity.start()) {
      add(platform, "slow", 0);
      var answer = CompletableFuture.supplyAsync(() -> touch(platform), Thread::startVirtualThread);
      Until.isTrue(() -> changes(platform) == 1);
      platform.clock().advance(Duration.ofSeconds(4));
      run(platform, "update node set seen_at = clock_timestamp() where id = 'slow'");
      assertThat(answer).isNotDone();

      run(platform, "update node set confirmed_seq = 1 where id = 'slow'");

      assertThat(TestPlatform.done(answer.join()).nodes()).isEqualTo(2);
    }
  }

  @Test
  void waitsForNoNodeThatWasSilentBeforeItWasFirstSeen() {
    try (var platform = TestIdentity.start()) {
      add(platform, "dead", 6);

      assertThat(TestPlatform.done(touch(platform)).nodes()).isEqualTo(1);
    }
  }

  @Test
  void confirmsAChangeOnlyOnceItsSubscribersAreCut() throws Exception {
    var location = TestPlatform.freshLocation();
    var cutting = new CountDownLatch(1);
    var asked = new CopyOnWriteArrayList<String>();
    var subscribers =
        new Subscribers() {
          @Override
          public void recheck(Basis changed) {
            asked.add(changed.kind() + " " + changed.id());
            try {
              cutting.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void recheckAll() {
            asked.add("all");
          }
        };
    try (var platform = TestIdentity.start(location);
        var feed = feed(platform.database(), subscribers, null)) {
      feed.start();
      var answer = CompletableFuture.supplyAsync(() -> touch(platform), Thread::startVirtualThread);
      Until.isTrue(() -> asked.size() == 2);
      assertThat(answer).isNotDone();

      cutting.countDown();

      assertThat(TestPlatform.done(answer.join()).nodes()).isEqualTo(2);
      assertThat(asked).isEqualTo(List.of("all", "KEY 1aB3cD4eF5gH"));
    }
  }

  @Test
  void forgetsAKeyWhoseRowIsGone() {
    try (var platform = TestIdentity.start()) {
      var issued = platform.key(platform.organisation().workspaceId(), READ);
      var id = issued.details().id();

      TestPlatform.done(
          platform
              .changes()
              .change(
                  Actor.SYSTEM,
                  TestPlatform.START,
                  alteration -> {
                    alteration.handle().execute("delete from api_key_secret where key_id = ?", id);
                    alteration.handle().execute("delete from api_key where id = ?", id);
                    return touched(alteration, id);
                  }));

      assertThat(platform.directory().find(KeyId.parse(id))).isNull();
    }
  }

  @Test
  void sweepsNodesThatAreLongDeadAndChangesThatAllHave() throws SQLException {
    try (var platform = TestIdentity.start();
        var feed = feed(platform.database(), Subscribers.NONE, null)) {
      add(platform, "dead", 1_000);
      touch(platform);
      touch(platform);
      run(platform, "update access_change set at = clock_timestamp() - interval '2 days'");
      feed.start();

      Until.isTrue(
          () -> {
            feed.sweep();
            return changes(platform) == 1;
          });

      assertThat(rows(platform)).isEqualTo(2);
      assertThat(TestPlatform.done(touch(platform)).nodes()).isEqualTo(2);
    }
  }

  @Test
  void loadsEverythingAnewWhereTheLogNoLongerReachesBack() {
    var location = TestPlatform.freshLocation();
    try (var platform = TestIdentity.start(location)) {
      var issued = platform.key(platform.organisation().workspaceId(), READ);
      var id = issued.details().id();
      platform
          .database()
          .jdbi()
          .useTransaction(
              handle -> {
                handle.execute("delete from api_key_secret where key_id = ?", id);
                handle.execute("delete from api_key where id = ?", id);
                handle.execute("delete from access_change");
                handle.execute("select setval(pg_get_serial_sequence('access_change', 'seq'), 99)");
                handle.execute(
                    """
                    insert into access_change (subject_kind, subject_id, at)
                    values ('organisation', 'nobody', now())
                    """);
                handle.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and application_name = ?
                    """,
                    AccessFeed.NAME);
              });

      Until.isTrue(() -> platform.directory().find(KeyId.parse(id)) == null);
    }
  }

  @Test
  void permitsNobodyAnyMoreWhereTheDatabaseHasForgottenChanges() throws Exception {
    try (var platform = TestIdentity.start()) {
      touch(platform);
      var lease = lease();
      try (var feed = feed(platform.database(), lease, Subscribers.NONE, null)) {
        feed.start();
        Until.isTrue(lease::isFresh);

        // As after a restore: the log is shorter than it was.
        run(platform, "delete from access_change");
        run(
            platform,
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and application_name = '"
                + AccessFeed.NAME
                + "'");

        Until.isTrue(() -> !lease.isFresh());
      }
    }
  }

  @Test
  void refusesToStartOnADatabaseThatIsOlderThanWhatItHasSeen(@TempDir Path folder)
      throws Exception {
    var file = folder.resolve("log-position");
    try (var platform = TestIdentity.start()) {
      touch(platform);
      try (var feed = feed(platform.database(), Subscribers.NONE, LogPosition.in(file))) {
        feed.start();
      }
      assertThat(file).hasContent("1");
      run(platform, "delete from access_change");

      try (var feed = feed(platform.database(), Subscribers.NONE, LogPosition.in(file))) {
        assertThatThrownBy(feed::start)
            .isInstanceOf(LogPosition.Rollback.class)
            .hasMessageContaining("forgotten changes of access")
            .hasMessageContaining(file.toString());
      }
    }
  }

  private static AccessFeed feed(
      Database database, Subscribers subscribers, @Nullable LogPosition position) {
    return feed(database, lease(), subscribers, position);
  }

  private static AccessFeed feed(
      Database database, Lease lease, Subscribers subscribers, @Nullable LogPosition position) {
    var peppers = Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH]));
    return new AccessFeed(
        database,
        AllFacts.of(
            new KeyDirectory(peppers, lease),
            new SessionDirectory(lease),
            new Meter(),
            Map.of(),
            Duration.ofMinutes(30)),
        lease,
        subscribers,
        position);
  }

  private static Lease lease() {
    return new Lease(Duration.ofSeconds(2), System::nanoTime);
  }

  private static Outcome<Confirmed<String>> touch(TestIdentity platform) {
    return platform
        .changes()
        .change(
            Actor.SYSTEM, TestPlatform.START, alteration -> touched(alteration, "1aB3cD4eF5gH"));
  }

  private static Outcome<String> touched(Alteration alteration, String key) {
    alteration.touches(Basis.Kind.KEY, key);
    alteration.records(AuditLog.SERVER, "test.changed", new Target("test", "1"), Map.of());
    return Outcome.done("changed");
  }

  private static void add(TestIdentity platform, String id, int secondsAgo) {
    platform
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into node (id, started_at, seen_at, confirmed_seq, lease_millis)
                    values (?, clock_timestamp(),
                            clock_timestamp() - make_interval(secs => ?), 0, 5000)
                    """,
                    id,
                    (double) secondsAgo));
  }

  private static int rows(TestIdentity platform) {
    return count(platform, "select count(*) from node");
  }

  private static int changes(TestIdentity platform) {
    return count(platform, "select count(*) from access_change");
  }

  private static int count(TestIdentity platform, String sql) {
    return platform
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private static void run(TestIdentity platform, String sql) {
    platform.database().jdbi().useHandle(handle -> handle.execute(sql));
  }
}
