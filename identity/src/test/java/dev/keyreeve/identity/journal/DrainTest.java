package dev.keyreeve.identity.journal;

import static dev.keyreeve.identity.journal.Entries.MISSING_SCOPE;
import static dev.keyreeve.identity.journal.Entries.RATE_LIMITED;
import static dev.keyreeve.platform.TestPlatform.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.journal.Journal.Bounds;
import dev.keyreeve.identity.requestlog.RequestLog;
import dev.keyreeve.identity.usage.UsageCounts;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DrainTest {
  private static final Instant NOW = TestPlatform.START;
  private static final Bounds FEW_UNKNOWN = new Bounds(Bounds.USUAL.bytes(), 5, 1024);

  @TempDir private Path folder;
  private TestIdentity platform;
  private String workspace;
  private KeyId key;

  @BeforeEach
  void start() {
    platform = TestIdentity.start();
    workspace = platform.organisation().workspaceId();
    key = newKey();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private KeyId newKey() {
    return KeyId.parse(platform.key(workspace, READ).details().id());
  }

  private Journal journal() throws IOException {
    return Journal.open(folder, FEW_UNKNOWN, platform.clock());
  }

  private Drain drain(Journal journal, Merge... more) {
    var jdbi = platform.database().jdbi();
    var log = new RequestLog(jdbi, "node_1", RequestLog.Keeping.USUAL, platform.clock());
    var merges = new ArrayList<Merge>(List.of(new UsageCounts(), log));
    merges.addAll(List.of(more));
    return new Drain(jdbi, journal, merges, platform.clock());
  }

  private Entry call(int number) {
    return Entries.ofKey(key, workspace, "req_" + number, End.OK, NOW);
  }

  private long number(String sql) {
    return platform
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private long requests(KeyId of) {
    return number("select coalesce(sum(requests), 0) from key_usage where key_id = '" + of + "'");
  }

  private long rows() {
    return number("select count(*) from request_log");
  }

  @Test
  void countsWhatWasAdmittedAndLogsWhatWasNot() throws IOException {
    try (var journal = journal()) {
      journal.append(call(1));
      journal.append(Entries.ofKey(key, workspace, "req_2", MISSING_SCOPE, NOW.plusSeconds(9)));
      journal.append(Entries.refused(key, workspace, "req_3", RATE_LIMITED, NOW.plusSeconds(60)));
      journal.append(Entries.ofNobody("req_4", NOW));

      assertThat(drain(journal).drainOnce()).isEqualTo(4);

      assertThat(requests(key)).isEqualTo(2);
      assertThat(rows()).isEqualTo(4);
      assertThat(number("select count(*) from request_log where workspace_id is null")).isOne();
      assertThat(
              number(
                  "select count(*) from key_secret_usage where last_used_at = '2026-03-02T09:00:09Z'"
                      + " and secret = 1 and host(last_used_from) = '203.0.113.7'"))
          .isOne();
      for (var unit : List.of("minute", "hour", "day")) {
        assertThat(rollup(unit))
            .isEqualTo(Map.of("ok", 1L, "FORBIDDEN", 1L, "TOO_MANY_REQUESTS", 1L));
      }
      assertThat(number("select count(*) from usage_rollup where organisation_id = ''")).isZero();
      assertThat(number("select sum(latency_micros) from usage_rollup where unit = 'day'"))
          .isEqualTo(120 + 120 + 7);
    }
  }

  private Map<String, Long> rollup(String unit) {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select outcome, sum(calls) as calls from usage_rollup where unit = :unit
                        group by outcome
                        """)
                    .bind("unit", unit)
                    .reduceRows(
                        new HashMap<String, Long>(),
                        (map, row) -> {
                          map.put(
                              row.getColumn("outcome", String.class),
                              row.getColumn("calls", Long.class));
                          return map;
                        }));
  }

  @Test
  void countsEachRecordOnceWhenABatchIsCutShort() throws IOException {
    try (var journal = journal()) {
      for (int i = 0; i < 10; i++) journal.append(call(i));
      Merge failing =
          (_, _) -> {
            throw new IllegalStateException("cut");
          };
      var cut = drain(journal, failing);
      assertThatThrownBy(cut::drainOnce).hasMessage("cut");
      assertThat(requests(key)).isZero();

      assertThat(drain(journal).drainOnce()).isEqualTo(10);

      assertThat(requests(key)).isEqualTo(10);
      assertThat(rows()).isEqualTo(10);
    }
  }

  /// As if the process had been killed after the commit and before it heard of it, and its journal
  /// were found by two starts.
  @Test
  void countsEachRecordOnceHoweverOftenItIsRead() throws IOException {
    try (var journal = journal()) {
      for (int i = 0; i < 10; i++) journal.append(call(i));
      drain(journal).drainOnce();
      for (int i = 10; i < 15; i++) journal.append(call(i));
      journal.release(0);

      drain(journal).drainOnce();

      assertThat(requests(key)).isEqualTo(15);
      assertThat(rows()).isEqualTo(15);
    }
  }

  @Test
  void mergesWhatAnEarlierStartLeftAndTakesItsFileAway() throws IOException {
    try (var journal = journal()) {
      for (int i = 0; i < 200; i++) journal.append(call(i));
      for (int i = 0; i < 8; i++) journal.append(Entries.ofNobody("req_unknown", NOW));
    }
    try (var next = journal()) {
      drain(next).drainOnce();
      assertThat(next.leftovers()).isEmpty();
    }

    assertThat(requests(key)).isEqualTo(200);
    assertThat(rows()).isEqualTo(205);
    assertThat(number("select sum(of_nobody) from call_loss")).isEqualTo(3);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void addsALossOnceAndWhatIsLostLaterToIt() throws IOException {
    try (var journal = journal()) {
      for (int i = 0; i < 8; i++) journal.append(Entries.ofNobody("req_unknown", NOW));
      var drain = drain(journal);
      drain.drainOnce();
      drain.drainOnce();
      assertThat(number("select sum(of_nobody) from call_loss")).isEqualTo(3);

      journal.append(Entries.ofNobody("req_unknown", NOW));
      drain.drainOnce();
      assertThat(number("select sum(of_nobody) from call_loss")).isEqualTo(4);
    }
  }

  @Test
  void countsASumAndLogsItNot() throws IOException {
    try (var journal = journal()) {
      var one = call(1);
      journal.append(
          new Entry(
              one.atMillis(),
              one.requestId(),
              one.by(),
              one.address(),
              one.procedure(),
              one.end(),
              7,
              one.latencyMicros(),
              Entry.Kind.SUM));
      drain(journal).drainOnce();

      assertThat(requests(key)).isEqualTo(7);
      assertThat(rows()).isZero();
    }
  }

  @Test
  void countsWhatFoundNoRoomHoweverItEnds() throws IOException {
    var small = new Bounds(0, 5, 8);
    int calls = 500;
    try (var journal = Journal.open(folder, small, platform.clock())) {
      for (int i = 0; i < calls; i++) journal.append(call(i));
      assertThat(journal.loss().calls()).isPositive();
      var drain = drain(journal);
      drain.start();
      drain.close();
    }
    assertThat(requests(key)).isEqualTo(calls);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void logsNothingThatIsPastItsTimeYetCountsIt() throws IOException {
    try (var journal = journal()) {
      journal.append(
          Entries.ofKey(key, workspace, "req_old", End.OK, NOW.minus(Duration.ofDays(40))));
      drain(journal).drainOnce();

      assertThat(requests(key)).isOne();
      assertThat(rows()).isZero();
    }
  }

  @Test
  void twoNodesCountTheSameKeysAtOnceWithoutADeadlock() throws Exception {
    var keys = List.of(key, newKey(), newKey(), newKey());
    var other = folder.resolveSibling(folder.getFileName() + "-other");
    Files.createDirectory(other);
    long each = 2000;
    try (var one = Journal.open(folder, Bounds.USUAL, platform.clock());
        var two = Journal.open(other, Bounds.USUAL, platform.clock());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var nodes = new ArrayList<Callable<Void>>();
      for (var journal : List.of(one, two)) {
        nodes.add(
            () -> {
              var drain = drain(journal);
              for (int i = 0; i < each; i++) {
                // Each node meets the keys in another order.
                var of = keys.get(journal == one ? i % 4 : 3 - i % 4);
                journal.append(Entries.ofKey(of, workspace, "req_" + i, End.OK, NOW));
                if (i % 50 == 49) drain.drainOnce();
              }
              return null;
            });
      }
      for (var node : threads.invokeAll(nodes)) node.get();

      assertThat(keys.stream().mapToLong(this::requests).sum()).isEqualTo(2 * each);
      assertThat(rows()).isEqualTo(2 * each);
    }
  }

  @Test
  void goesOnAloneAndMergesTheRestWhenItIsClosed() throws IOException {
    try (var journal = journal()) {
      var drain = drain(journal);
      drain.start();
      journal.append(call(1));
      Until.isTrue(() -> requests(key) == 1);
      journal.append(call(2));
      drain.close();

      assertThat(requests(key)).isEqualTo(2);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
