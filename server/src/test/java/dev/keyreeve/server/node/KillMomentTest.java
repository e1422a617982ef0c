package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.platform.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Two servers are asked for the same days of a service user, and the one that is at a run or at an
/// import is killed in the middle of it. What comes of the days is what comes of them where nobody
/// is killed: a second workspace has the same mandates and lives through the same days in peace.
@ResourceLock("servers that are killed") // each is a process with much to do
final class KillMomentTest {
  private static final boolean LONG = Boolean.getBoolean("keyreeve.long");
  private static final int KILLS = LONG ? 100 : 6;
  private static final int MANDATES = LONG ? 60 : 20;
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  /// A Monday some weeks after the beginning of the server's clock.
  private static final LocalDate FIRST_DAY = LocalDate.of(2027, 1, 11);

  private static final LocalDate LAST_DAY = FIRST_DAY.plusDays(LONG ? 300 : 60);

  /// Scripts of the sandbox's bank: pays, comes back once, comes back, ends the mandate, comes back
  /// late, is claimed.
  private static final List<String> SCRIPTS = List.of("01", "21", "22", "23", "26", "41");

  /// Where a run is stopped: each table is one that it writes, the first to the last.
  private static final List<String> OF_RUNS =
      List.of("submission", "attempt", "event", "bank_report");

  /// Where an import is stopped.
  private static final List<String> OF_IMPORTS =
      List.of("report_file", "advice", "attempt", "collection", "event");

  private final HttpClient http = HttpClient.newHttpClient();

  /// A sandbox with its bank.
  private record Sandbox(String workspace, String serviceUser) {}

  /// A moment that has something to do.
  ///
  /// @param kind `submission` or `reports`
  private record Busy(LocalDate day, String kind) {
    private boolean isRun() {
      return kind.equals("submission");
    }

    /// After the moments before it.
    Instant before() {
      return at(isRun() ? LocalTime.of(20, 0) : LocalTime.of(6, 0));
    }

    Instant after() {
      return at(isRun() ? LocalTime.of(22, 0) : LocalTime.of(7, 30));
    }

    private Instant at(LocalTime time) {
      return day.atTime(time).atZone(LONDON).toInstant();
    }

    String table(int turn) {
      var tables = isRun() ? OF_RUNS : OF_IMPORTS;
      return tables.get(turn % tables.size());
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void losesAndDoublesNothingWhereTheServerAtItIsKilled(@TempDir Path folder) throws Exception {
    try (var one = TestServer.start()) {
      var spared = sandbox(one, "Spared");
      var killed = sandbox(one, "Killed");
      advance(one, spared, start(LAST_DAY));
      var busy = busyMoments(one, spared);

      int kills = 0;
      for (var moment : busy) {
        if (kills == KILLS) break;
        advance(one, killed, moment.before());
        killAmid(one, Files.createTempDirectory(folder, "node"), killed, moment, kills);
        kills++;
      }
      advance(one, killed, start(LAST_DAY));

      assertThat(kills).isEqualTo(KILLS);
      for (var facts : FACTS) {
        assertThat(facts(one, facts, killed))
            .describedAs(facts)
            .isEqualTo(facts(one, facts, spared))
            .isNotEmpty();
      }
      assertThat(rows(one, EVENT_NUMBERS, killed.workspace())).containsExactly("without a gap");
    } finally {
      http.close();
    }
  }

  /// Has a server of its own do a moment, and kills it where it is about to write a table. The
  /// other server is asked for the same and goes on.
  private void killAmid(TestServer one, Path folder, Sandbox sandbox, Busy moment, int turn)
      throws Exception {
    try (var other = one.startProcess(folder);
        var holder = one.superuser();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var url = other.url();
      var token = Objects.requireNonNull(CommandLineFile.find(folder)).token().reveal();
      lock(holder, moment.table(turn));
      var doomed = callers.submit(() -> post(url, token, sandbox, moment.after()));
      Until.isTrue(() -> isAwaited(holder));

      var next = callers.submit(() -> advance(one, sandbox, moment.after()));
      other.kill();
      holder.rollback();

      assertThat(isAnswered(doomed)).isFalse();
      next.get(2, TimeUnit.MINUTES);
      assertThat(rows(one, DONE, sandbox.serviceUser(), moment.day().toString(), moment.kind()))
          .containsExactly("1");
    }
  }

  private static void lock(Connection connection, String table) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table " + table + " in exclusive mode");
    }
  }

  private static boolean isAwaited(Connection holder) {
    var query =
        "select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))";
    try (var statement = holder.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isAnswered(Future<Integer> call) throws Exception {
    return call.get(1, TimeUnit.MINUTES) != 0;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(LONDON).toInstant();
  }

  /// A workspace with mandates of all scripts that are debited each fortnight.
  private Sandbox sandbox(TestServer server, String name) throws Exception {
    var workspace = server.organisation(name, 1_000_000, Environment.TEST).workspaceId();
    var user =
        rows(server, "select service_user_id from collector where workspace_id = ?", workspace)
            .getFirst();
    var sandbox = new Sandbox(workspace, user);
    operate(server, "/sandbox/freeze", "{\"workspace_id\": \"" + workspace + "\"}");
    advance(server, sandbox, start(FIRST_DAY));
    var key = server.fullKey(workspace);
    for (int i = 0; i < MANDATES; i++) {
      var created =
          server.post(
              "/dd/v1/mandates",
              key,
              """
              {"payer": {"name": "Sam"}, "reference": "KILL-%1$03d",
               "bankDetails": {"sortCode": "00-00-%2$s", "accountNumber": "12345678",
                               "accountHolderName": "Sam"},
               "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"},
               "schedule": {"amount": %3$d, "frequency": "every_two_weeks",
                            "startsOn": "%4$s"}}
              """
                  .formatted(
                      i,
                      SCRIPTS.get(i % SCRIPTS.size()),
                      10_000 + i,
                      FIRST_DAY.plusDays(21 + i % 2)));
      assertThat(created.status()).describedAs(created.body()).isEqualTo(200);
    }
    return sandbox;
  }

  private static void operate(TestServer server, String path, String body) {
    var answer = server.post("/api" + path, server.operator(), body);
    assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
  }

  private static int advance(TestServer server, Sandbox sandbox, Instant until) {
    operate(server, "/sandbox/advance-to", to(sandbox, until));
    return 200;
  }

  private static String to(Sandbox sandbox, Instant until) {
    return """
        {"workspace_id": "%s", "instant": "%s"}
        """
        .formatted(sandbox.workspace(), until);
  }

  /// @return the status, or 0 if there was no answer
  private int post(String url, String token, Sandbox sandbox, Instant until)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/api/sandbox/advance-to"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(to(sandbox, until)))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /// The runs that presented debits and the mornings on which reports were imported.
  private static List<Busy> busyMoments(TestServer server, Sandbox sandbox) throws SQLException {
    var busy = new ArrayList<Busy>();
    for (var row : rows(server, BUSY, sandbox.serviceUser(), sandbox.serviceUser())) {
      var parts = row.split(" ", 2);
      busy.add(new Busy(LocalDate.parse(parts[0]), parts[1]));
    }
    return busy;
  }

  private static List<String> facts(TestServer server, String facts, Sandbox sandbox)
      throws SQLException {
    return rows(
        server,
        facts,
        facts.contains("service_user_id") ? sandbox.serviceUser() : sandbox.workspace());
  }

  private static List<String> rows(TestServer server, String sql, String... values)
      throws SQLException {
    try (var connection = server.superuser();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
      var rows = new ArrayList<String>();
      try (var found = statement.executeQuery()) {
        while (found.next()) rows.add(found.getString(1));
      }
      return rows;
    }
  }

  /// In the order in which they happen.
  private static final String BUSY =
      """
      select input_day || ' submission' from submission
      where service_user_id = ? and debits > 0
      union
      select (received_at at time zone 'Europe/London')::date || ' reports' from report_file
      where service_user_id = ? and kind in ('arudd', 'ddica')
      order by 1
      """;

  private static final String DONE =
      "select count(*) from moment where service_user_id = ? and day = ?::date and kind = ?";

  private static final String EVENT_NUMBERS =
      """
      select case when count(*) = max(seq) - min(seq) + 1 then 'without a gap' end
      from event where workspace_id = ?
      """;

  /// What there is at the end, without ids and without what names a service user.
  private static final List<String> FACTS =
      List.of(
          """
          select concat_ws(' ', m.reference, m.status, m.reason, m.version)
          from mandate m where m.workspace_id = ? order by m.reference
          """,
          """
          select concat_ws(' ', m.reference, c.due_on, c.entry_on, c.status, c.reason, c.version)
          from collection c join mandate m on m.id = c.mandate_id
          where c.workspace_id = ? order by m.reference, c.due_on
          """,
          """
          select concat_ws(' ', m.reference, c.due_on, a.n, a.code, a.amount, a.entry_on, a.status,
                           a.reason, s.input_day)
          from attempt a
          join collection c on c.id = a.collection_id
          join mandate m on m.id = a.mandate_id
          join submission s on s.id = a.submission_id
          where a.workspace_id = ? order by m.reference, c.due_on, a.n
          """,
          """
          select concat_ws(' ', m.reference, string_agg(e.type, ' ' order by e.seq))
          from event e
          join (select id, id as mandate_id from mandate
                union all select id, mandate_id from collection
                union all select id, mandate_id from claim) s on s.id = e.subject_id
          join mandate m on m.id = s.mandate_id
          where e.workspace_id = ? group by m.reference order by m.reference
          """,
          """
          select concat_ws(' ', type, count(*)) from event
          where workspace_id = ? group by type order by type
          """,
          """
          select concat_ws(' ', m.reference, c.amount, c.reason, c.status, c.received_on, c.settles_on)
          from claim c join mandate m on m.id = c.mandate_id
          where c.workspace_id = ? order by m.reference, c.received_on
          """,
          """
          select concat_ws(' ', input_day, serial, debits, debit_total, instructions, status)
          from submission where service_user_id = ? order by input_day, serial
          """,
          """
          select concat_ws(' ', kind, status, received_at) from report_file
          where service_user_id = ? order by received_at, kind
          """,
          """
          select concat_ws(' ', reference, amount, day, words, status, told_at) from advice
          where service_user_id = ? order by told_at, reference, amount, day
          """,
          """
          select concat_ws(' ', reference, debits, cancelled) from bank_instruction
          where service_user_id = ? order by reference
          """,
          """
          select concat_ws(' ', due_on, kind, count(*)) from bank_report
          where service_user_id = ? group by due_on, kind order by due_on, kind
          """,
          """
          select concat_ws(' ', day, kind) from moment
          where service_user_id = ? order by done_at
          """);
}
