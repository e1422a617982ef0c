package dev.keyreeve.identity.requestlog;

import static dev.keyreeve.platform.TestPlatform.READ;
import static dev.keyreeve.platform.TestPlatform.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.CommandLine;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Presence;
import dev.keyreeve.access.subject.Session;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.identity.journal.End;
import dev.keyreeve.identity.journal.Entries;
import dev.keyreeve.identity.journal.Entry;
import dev.keyreeve.identity.usage.Usage;
import dev.keyreeve.identity.usage.UsageProcedures;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestLogTest {
  private static final Instant NOW = TestPlatform.START;

  private TestIdentity platform;
  private RequestLog log;
  private Key own;
  private Key foreign;

  @BeforeEach
  void start() {
    platform = TestIdentity.start();
    log = keeping(RequestLog.Keeping.USUAL);
    own = newKey();
    foreign = newKey();
  }

  private RequestLog keeping(RequestLog.Keeping keeping) {
    return new RequestLog(platform.database().jdbi(), "node_1", keeping, platform.clock());
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Key newKey() {
    var id = platform.key(platform.organisation().workspaceId(), READ).details().id();
    return Objects.requireNonNull(platform.directory().find(KeyId.parse(id)));
  }

  private static Caller callerOf(Subject subject) {
    return new Caller(subject, Spending.unmetered(), Address.parse("192.0.2.1"), "req_asking");
  }

  /// A person in the workspace of a key.
  private static Caller personBeside(Key key) {
    return callerOf(
        new Session(
            "ses_1",
            "per_1",
            "sam@example.com",
            key.organisation(),
            key.workspace(),
            Role.VIEWER,
            key.scopes(),
            Limit.of(0, 0, 600),
            Long.MAX_VALUE,
            new Presence(Long.MAX_VALUE, 0)));
  }

  private static Caller operator() {
    return callerOf(new CommandLine());
  }

  private void keep(Entry... entries) {
    platform.database().jdbi().useTransaction(handle -> log.merge(handle, List.of(entries)));
  }

  private static Entry call(Key key, String requestId, End end, Instant at) {
    return Entries.ofKey(key.id(), key.workspace(), requestId, end, at);
  }

  @SuppressWarnings("unchecked") // The procedures' types are theirs.
  private <O> Outcome<O> ask(Caller caller, String procedure, String input) {
    var all =
        new ArrayList<Procedure<?, ?>>(
            new RequestLogProcedures(new LogSearch(platform.database().jdbi(), platform.tenancy()))
                .procedures());
    all.addAll(
        new UsageProcedures(new Usage(platform.database().jdbi(), platform.tenancy()))
            .procedures());
    var asked =
        all.stream().filter(each -> each.name().equals(procedure)).findFirst().orElseThrow();
    return platform.call((Procedure<Object, O>) asked, caller, input);
  }

  private List<String> search(Caller caller, String filter) {
    LogPage page = done(ask(caller, "logs.search", filter));
    return page.items().stream().map(LogEntry::requestId).toList();
  }

  private static String reasonOf(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(var problem) ? problem.reason().word() : "";
  }

  @Test
  void findsByEachFilterNewestFirst() {
    keep(
        call(own, "req_1", End.OK, NOW),
        call(own, "req_2", Entries.MISSING_SCOPE, NOW.plusSeconds(1)),
        Entries.refused(
            own.id(), own.workspace(), "req_3", Entries.RATE_LIMITED, NOW.plusSeconds(2)),
        call(newKey(), "req_4", End.OK, NOW.plusSeconds(3)));
    var me = personBeside(own);

    assertThat(search(me, "{}")).containsExactly("req_3", "req_2", "req_1");
    assertThat(search(me, "{'outcome': 'ok'}")).containsExactly("req_1");
    assertThat(search(me, "{'outcome': 'FORBIDDEN'}")).containsExactly("req_2");
    assertThat(search(me, "{'reason': 'rate_limited'}")).containsExactly("req_3");
    assertThat(search(me, "{'procedure': 'things.list'}")).containsExactly("req_2", "req_1");
    assertThat(search(me, "{'request_id': 'req_1'}")).containsExactly("req_1");
    assertThat(search(me, "{'key_id': '" + own.id() + "'}")).hasSize(3);
    assertThat(search(me, "{'key_id': '" + foreign.id() + "'}")).isEmpty();
    assertThat(search(me, "{'from': '2026-03-02T09:00:01Z', 'to': '2026-03-02T09:00:02Z'}"))
        .containsExactly("req_2");
  }

  @Test
  void showsAPersonTheirOwnWorkspaceAlone() {
    keep(
        call(own, "req_1", End.OK, NOW),
        call(foreign, "req_2", End.OK, NOW),
        Entries.ofNobody("req_3", NOW));
    var me = personBeside(own);

    assertThat(search(me, "{}")).containsExactly("req_1");
    assertThat(search(me, "{'request_id': 'req_2'}")).isEmpty();
    assertThat(reasonOf(ask(me, "logs.search", "{'workspace_id': '" + foreign.workspace() + "'}")))
        .isEqualTo("workspace_not_found");
    assertThat(reasonOf(ask(me, "logs.request", "{'request_id': 'req_2'}")))
        .isEqualTo("request_not_found");
    assertThat(reasonOf(ask(me, "logs.request", "{'request_id': 'req_3'}")))
        .isEqualTo("request_not_found");
    assertThat(reasonOf(ask(me, "keys.usage", "{'id': '" + foreign.id() + "'}")))
        .isEqualTo("key_not_found");

    assertThat(search(operator(), "{}")).containsExactlyInAnyOrder("req_1", "req_2", "req_3");
    assertThat(search(operator(), "{'workspace_id': '" + foreign.workspace() + "'}"))
        .containsExactly("req_2");
  }

  @Test
  void handsOutPagesWithoutAGapWhereManyCallsAreOfOneInstant() {
    var all = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      keep(call(own, "req_" + i, End.OK, NOW));
      all.add("req_" + i);
    }
    var seen = new ArrayList<String>();
    String cursor = null;
    do {
      var from = cursor == null ? "" : ", 'cursor': '" + cursor + "'";
      LogPage page = done(ask(personBeside(own), "logs.search", "{'limit': 3" + from + "}"));
      page.items().forEach(item -> seen.add(item.requestId()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen.reversed()).isEqualTo(all);
    assertThat(reasonOf(ask(personBeside(own), "logs.search", "{'cursor': 'bm9uZQ'}")))
        .isEqualTo("invalid_cursor");
  }

  @Test
  void tellsOfLossesInTheRangeAndOfUnknownCallersToTheOperatorAlone() {
    platform
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into call_loss (at, source_id, calls, of_nobody)
                    values ('2026-03-02T09:00Z', 'a', 5, 7), ('2026-03-02T10:00Z', 'a', 1, 1)
                    """));

    LogPage mine = done(ask(personBeside(own), "logs.search", "{'to': '2026-03-02T10:00:00Z'}"));
    assertThat(mine.lost()).isEqualTo(5);
    assertThat(mine.lostOfUnknown()).isNull();

    LogPage all = done(ask(operator(), "logs.search", "{'from': '2026-03-02T10:00:30Z'}"));
    assertThat(all.lost()).isEqualTo(1);
    assertThat(all.lostOfUnknown()).isEqualTo(1);
  }

  @Test
  void makesDaysAheadAndForgetsThoseThatArePast() {
    log.turnOver();
    keep(call(own, "req_1", End.OK, NOW));
    assertThat(partitions())
        .containsExactly("request_log_20260302", "request_log_20260303", "request_log_20260304");

    platform.clock().advance(Duration.ofDays(30));
    log.turnOver();
    assertThat(search(operator(), "{}")).containsExactly("req_1");

    platform.clock().advance(Duration.ofDays(1));
    log.turnOver();
    assertThat(search(operator(), "{}")).isEmpty();
    assertThat(partitions())
        .doesNotContain("request_log_20260302")
        .contains("request_log_20260404");
  }

  private List<String> partitions() {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select relname from pg_class where relispartition and relkind = 'r'"
                            + " order by relname")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void refusesARangeThatIsTooLongOrEndsBeforeItBegins() {
    var usage = "{'id': '" + own.id() + "', 'unit': 'minute', ";

    assertThat(reasonOf(ask(operator(), "keys.usage", usage + "'from': '2026-02-01T00:00:00Z'}")))
        .isEqualTo("range_not_served");
    assertThat(reasonOf(ask(operator(), "keys.usage", usage + "'from': '2026-03-03T00:00:00Z'}")))
        .isEqualTo("range_not_served");
  }

  @Test
  void dropsTheOldestDaysThatHaveNoRoomButNeverToday() {
    keep(call(own, "req_1", End.OK, NOW.minus(Duration.ofDays(3))));
    keep(call(own, "req_2", End.OK, NOW));

    keeping(new RequestLog.Keeping(Duration.ofDays(30), 1)).turnOver();

    assertThat(search(operator(), "{}")).containsExactly("req_2");
  }
}
