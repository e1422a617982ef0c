package dev.keyreeve.benchmark;

import dev.keyreeve.directdebit.DirectDebitSettings;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.collector.moment.Moment;
import dev.keyreeve.directdebit.collector.moment.MomentKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// What a year of many mandates costs in the sandbox: every moment of every day, through files,
/// bank and reports, on a PostgreSQL that writes through to disk.
///
/// The days of the month are spread evenly, so that each day has about as many debits. Banks return
/// 2.5 % of the debits and claims take back 0.3 %, as a fixed seed decides; of a thousand payers 17
/// bank where something happens to the instruction.
final class SandboxYear {
  private static final Instant BEGINS = London.at(LocalDate.of(2026, 1, 5), LocalTime.of(9, 0));
  private static final long SEED = 20260105;
  private static final int RETURNED = 250;
  private static final int CLAIMED = 30;
  private static final int DAYS_OF_MONTH = 28;
  private static final int CALLERS = 8;
  private static final int TIMES_READ = 5;

  /// Two stretches of the year that are compared, as long as each other.
  private static final int STRETCH = 28;

  private static final int EARLY = 30;
  private static final int LATE = 300;

  private final int mandates;
  private final int months;
  private final StringBuilder report = new StringBuilder();

  /// @param months how long the year is; at least 2
  SandboxYear(int mandates, int months) {
    this.mandates = mandates;
    this.months = months;
  }

  /// @throws IllegalStateException if the books do not balance at the end
  String measure() {
    try {
      var directory = Files.createTempDirectory("keyreeve-benchmark-");
      try (var sandbox = Sandbox.open(directory.resolve("data"), BEGINS)) {
        return measure(sandbox);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }

  /// What something has cost: wall clock, and processor time here and in PostgreSQL.
  private record Cost(double wall, double ours, double postgres) {
    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
      return new Cost(wall + other.wall, ours + other.ours, postgres + other.postgres);
    }

    static Cost of(CpuTime cpu, Runnable work) {
      double ours = cpu.ourMillis();
      double postgres = cpu.postgresMillis();
      long began = System.nanoTime();
      work.run();
      double wall = (System.nanoTime() - began) / 1e6;
      return new Cost(wall, cpu.ourMillis() - ours, cpu.postgresMillis() - postgres);
    }
  }

  /// A moment that has happened.
  ///
  /// @param day of the year, from 1
  private record Lived(MomentKind kind, LocalDate date, int day, Cost cost) {}

  private String measure(Sandbox sandbox) {
    var cpu = sandbox.cpuTime();
    report.append(
        "A year of the sandbox: %,d mandates, %d months, seed %d%n%n"
            .formatted(mandates, months, SEED));

    say("Creating %,d mandates.".formatted(mandates));
    sandbox.operate("sandbox.freeze", Map.of());
    sandbox.operate(
        "sandbox.seed", Map.of("seed", SEED, "failure_rate", RETURNED, "claim_rate", CLAIMED));
    var created = Cost.of(cpu, () -> create(sandbox));

    var lived = new ArrayList<Lived>();
    var loads = new TreeMap<String, String>();
    var year = Cost.of(cpu, () -> live(sandbox, cpu, lived, loads));
    report.append(moments(created, year, lived)).append('\n');
    report.append(months(sandbox, lived, loads)).append('\n');
    if (lived.getLast().day() >= LATE) report.append(stretches(sandbox, lived, loads)).append('\n');
    report.append(tables(sandbox)).append('\n');
    report.append(collections(sandbox)).append('\n');
    report.append(reads(sandbox)).append('\n');
    return report.append(balance(sandbox)).toString();
  }

  private void create(Sandbox sandbox) {
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      var done =
          IntStream.range(0, mandates)
              .mapToObj(
                  n -> callers.submit(() -> sandbox.call("mandates.create", mandate(n)).asText()))
              .toList();
      for (var each : done) each.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, ?> mandate(int n) {
    var dayOfMonth = Integer.toString(n % DAYS_OF_MONTH + 1);
    return Map.of(
        "payer",
        Map.of("name", "Payer " + n, "externalRef", "tenant-" + n),
        "reference",
        "YEAR-%06d".formatted(n),
        "bankDetails",
        Map.of(
            "sortCode",
            "0000" + script(n),
            "accountNumber",
            "%08d".formatted(10_000_000 + n),
            "accountHolderName",
            "PAYER " + n),
        "evidence",
        Map.of("channel", "paper", "agreedAt", "2026-01-02T09:00:00Z"),
        "schedule",
        Map.of(
            "amount",
            50_000 + n % 1_000 * 100,
            "frequency",
            "monthly",
            "dayOfMonth",
            dayOfMonth,
            "startsOn",
            "2026-02-01"));
  }

  /// Which script of the sandbox the payer's bank follows.
  private static String script(int n) {
    return switch (n % 1_000) {
      case 10, 210, 410, 610, 810 -> "31"; // cancels at the bank
      case 20, 220, 420, 620, 820 -> "23"; // cancels on the second debit
      case 30, 330, 630 -> "12"; // has no account
      case 40, 540 -> "34"; // cancels at the bank, which reinstates it
      case 50, 550 -> "32"; // changes bank
      default -> "01"; // pays, but for what the seed decides
    };
  }

  private void live(Sandbox sandbox, CpuTime cpu, List<Lived> lived, Map<String, String> loads) {
    var calendar = DirectDebitSettings.standard().calendar();
    var first = London.dateOf(BEGINS);
    var end = London.startOf(first.plusMonths(months));
    for (var moment = Moment.after(BEGINS, calendar);
        moment.at().isBefore(end);
        moment = Moment.after(moment.at(), calendar)) {
      var at = moment.at();
      var cost =
          Cost.of(
              cpu, () -> sandbox.operate("sandbox.advanceTo", Map.of("instant", at.toString())));
      int day = (int) (moment.day().toEpochDay() - first.toEpochDay()) + 1;
      lived.add(new Lived(moment.kind(), moment.day(), day, cost));
      if (moment.kind() == MomentKind.DAWN) {
        var month = month(moment.day());
        if (!loads.containsKey(month)) say("Living through " + month + ".");
        loads.computeIfAbsent(month, _ -> load());
      }
    }
  }

  private static String month(LocalDate day) {
    return day.toString().substring(0, 7);
  }

  private static String load() {
    try {
      return Machine.load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cost sum(List<Lived> lived) {
    return lived.stream().map(Lived::cost).reduce(Cost.NONE, Cost::plus);
  }

  private static Table moments(Cost created, Cost year, List<Lived> lived) {
    var table =
        new Table(
            "moment",
            "times",
            "wall s",
            "our CPU s",
            "PostgreSQL CPU s",
            "median ms",
            "99 % ms",
            "longest ms");
    table.row(row("mandates created", 1, created, List.of()));
    var byKind =
        lived.stream()
            .collect(
                Collectors.groupingBy(
                    Lived::kind, () -> new EnumMap<>(MomentKind.class), Collectors.toList()));
    byKind.forEach(
        (kind, all) ->
            table.row(
                row(
                    kind.word(),
                    all.size(),
                    sum(all),
                    all.stream().map(each -> each.cost().wall()).sorted().toList())));
    return table.row(row("the whole year", lived.size(), year, List.of()));
  }

  private static String[] row(String what, int times, Cost cost, List<Double> sorted) {
    return new String[] {
      what,
      "%,d".formatted(times),
      number(cost.wall() / 1e3),
      number(cost.ours() / 1e3),
      number(cost.postgres() / 1e3),
      sorted.isEmpty() ? "" : number(sorted.get(sorted.size() / 2)),
      sorted.isEmpty() ? "" : number(sorted.get(sorted.size() * 99 / 100)),
      sorted.isEmpty() ? "" : number(sorted.getLast())
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }

  /// How many debits went out between two days, the first included.
  private static long presented(Handle handle, LocalDate from, LocalDate before) {
    return handle
        .createQuery("select count(*) from attempt where input_on >= :from and input_on < :before")
        .bind("from", from)
        .bind("before", before)
        .mapTo(Long.class)
        .one();
  }

  private static Table months(Sandbox sandbox, List<Lived> lived, Map<String, String> loads) {
    var table =
        new Table("month", "days", "debits sent", "wall s", "CPU s", "CPU ms/debit", "load");
    var byMonth =
        lived.stream()
            .collect(
                Collectors.groupingBy(
                    each -> month(each.date()), TreeMap::new, Collectors.toList()));
    byMonth.forEach(
        (month, all) -> {
          var from = all.getFirst().date();
          var to = all.getLast().date().plusDays(1);
          table.row(costs(sandbox, month, from, to, all, loads.getOrDefault(month, "")));
        });
    return table;
  }

  private static String[] costs(
      Sandbox sandbox, String what, LocalDate from, LocalDate to, List<Lived> all, String load) {
    long debits = sandbox.look(handle -> presented(handle, from, to));
    var cost = sum(all);
    double cpu = cost.ours() + cost.postgres();
    return new String[] {
      what,
      Long.toString(to.toEpochDay() - from.toEpochDay()),
      "%,d".formatted(debits),
      number(cost.wall() / 1e3),
      number(cpu / 1e3),
      debits == 0 ? "" : String.format(Locale.ROOT, "%.2f", cpu / debits),
      load
    };
  }

  /// Two stretches of four weeks, with the same weekdays and as many debits: early in the year and
  /// late in it.
  private static Table stretches(Sandbox sandbox, List<Lived> lived, Map<String, String> loads) {
    var table =
        new Table("days", "length", "debits sent", "wall s", "CPU s", "CPU ms/debit", "load");
    for (int start : List.of(EARLY, LATE)) {
      var all =
          lived.stream()
              .filter(each -> each.day() >= start && each.day() < start + STRETCH)
              .toList();
      var from = all.getFirst().date();
      var to = all.getLast().date().plusDays(1);
      table.row(
          costs(
              sandbox,
              "%d to %d".formatted(start, start + STRETCH - 1),
              from,
              to,
              all,
              loads.getOrDefault(month(from), "")));
    }
    return table;
  }

  /// What is there at the end, and how often a table was read from its beginning to its end.
  private static String tables(Sandbox sandbox) {
    var table = new Table("table", "rows", "MiB", "whole reads", "rows read by them");
    sandbox
        .tables()
        .forEach(
            name ->
                sandbox.look(
                    handle -> {
                      long rows =
                          handle
                              .createQuery("select count(*) from \"" + name + "\"")
                              .mapTo(Long.class)
                              .one();
                      return rows == 0
                          ? table
                          : handle
                              .createQuery(
                                  """
                                  select pg_total_relation_size(relid) as size, seq_scan,
                                         seq_tup_read
                                  from pg_stat_user_tables
                                  where schemaname = 'public' and relname = :name
                                  """)
                              .bind("name", name)
                              .map(
                                  (row, _) ->
                                      table.row(
                                          name,
                                          "%,d".formatted(rows),
                                          number(row.getLong("size") / 1048576.0),
                                          "%,d".formatted(row.getLong("seq_scan")),
                                          "%,d".formatted(row.getLong("seq_tup_read"))))
                              .one();
                    }));
    long size =
        sandbox.look(
            handle ->
                handle
                    .createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
    return table + "\nThe database: %s MiB.\n".formatted(number(size / 1048576.0));
  }

  private static Table collections(Sandbox sandbox) {
    var table = new Table("collections", "count", "pounds");
    sandbox.look(
        handle ->
            handle
                .createQuery(
                    """
                    select status, count(*) as n, sum(amount)::bigint as amount
                    from collection group by status order by n desc
                    """)
                .map(
                    (row, _) ->
                        table.row(
                            row.getString("status"),
                            "%,d".formatted(row.getLong("n")),
                            "%,.2f".formatted(row.getLong("amount") / 100.0)))
                .list());
    return table;
  }

  private record Read(String what, String procedure, Map<String, ?> input) {}

  /// What callers ask at the end of the year, when there is most to look through.
  private Table reads(Sandbox sandbox) {
    var last = London.dateOf(BEGINS).plusMonths(months);
    var from = London.dateOf(BEGINS).toString();
    var to = last.toString();
    var monthAgo = last.minusMonths(1).toString();
    var mandate =
        sandbox
            .call("mandates.getByReference", Map.of("reference", "YEAR-000001"))
            .at("/id")
            .asText();
    var year = Map.of("from", from, "to", to);
    var month = Map.of("from", monthAgo, "to", to);
    var collection =
        sandbox
            .call("collections.list", Map.of("mandateId", mandate, "limit", 1))
            .at("/items/0/id")
            .asText();
    var reads =
        List.of(
            new Read("newest", "collections.list", Map.of()),
            new Read("of a mandate", "collections.list", Map.of("mandateId", mandate)),
            new Read("of a payer", "collections.list", Map.of("payerExternalRef", "tenant-1")),
            new Read("failed", "collections.list", Map.of("status", List.of("failed"))),
            new Read("clawed back", "collections.list", Map.of("status", List.of("clawed_back"))),
            new Read("under way", "collections.list", Map.of("status", List.of("submitted"))),
            new Read("of a day", "collections.list", Map.of("entryFrom", to, "entryTo", to)),
            new Read("due that day", "collections.list", Map.of("dueFrom", to, "dueTo", to)),
            new Read(
                "updated since",
                "collections.list",
                Map.of("updatedSince", London.startOf(last).minusSeconds(3600).toString())),
            new Read("final", "collections.list", Map.of("finalOnly", true)),
            new Read("30 days", "collections.upcoming", Map.of()),
            new Read("of a mandate", "collections.upcoming", Map.of("mandateId", mandate)),
            new Read("one", "collections.get", Map.of("id", collection)),
            new Read("one", "collections.history", Map.of("id", collection)),
            new Read("first page", "collections.events", Map.of()),
            new Read("newest", "mandates.list", Map.of()),
            new Read("cancelled", "mandates.list", Map.of("status", List.of("cancelled"))),
            new Read("one", "mandates.get", Map.of("id", mandate)),
            new Read("one", "mandates.history", Map.of("id", mandate)),
            new Read("first page", "mandates.events", Map.of()),
            new Read("", "alerts.list", Map.of()),
            new Read("", "alerts.counts", Map.of()),
            new Read("", "alerts.rules", Map.of()),
            new Read("month", "reports.successRate", month),
            new Read("year", "reports.successRate", year),
            new Read("year by month", "reports.successRate", by(year, "month")),
            new Read("year by day", "reports.successRate", by(year, "schedule_day")),
            new Read("month", "reports.clawbacks", month),
            new Read("year", "reports.clawbacks", year),
            new Read("month", "reports.mandateActivity", month),
            new Read("year", "reports.mandateActivity", year),
            new Read("year by month", "reports.mandateActivity", by(year, "month")),
            new Read("year", "reports.failures", year),
            new Read("year", "reports.clawbackHistory", year));
    var table = new Table("read at the end", "", "median ms", "longest ms");
    for (var read : reads) {
      sandbox.call(read.procedure(), read.input());
      var millis =
          IntStream.range(0, TIMES_READ)
              .mapToDouble(
                  _ -> {
                    long began = System.nanoTime();
                    sandbox.call(read.procedure(), read.input());
                    return (System.nanoTime() - began) / 1e6;
                  })
              .sorted()
              .toArray();
      table.row(
          read.procedure(),
          read.what(),
          number(millis[millis.length / 2]),
          number(millis[millis.length - 1]));
    }
    return table;
  }

  private static Map<String, ?> by(Map<String, String> range, String grouping) {
    return Map.of("from", range.get("from"), "to", range.get("to"), "groupBy", grouping);
  }

  /// Shows that the bank's money is the collector's, and that mandates add up.
  private String balance(Sandbox sandbox) {
    var bank = sandbox.look(handle -> BankMoney.of(handle, sandbox.cipher()));
    long books =
        sandbox.look(
            handle ->
                handle
                    .createQuery(
                        """
                        select coalesce(sum(amount), 0)::bigint from collection
                        where status in ('submitted', 'collected', 'settled')
                        """)
                    .mapTo(Long.class)
                    .one());
    if (bank.kept() != books) {
      throw new IllegalStateException(
          "The bank keeps %d pence, and the books say %d.".formatted(bank.kept(), books));
    }

    var last = London.dateOf(BEGINS).plusMonths(months);
    var activity =
        sandbox
            .call(
                "reports.mandateActivity",
                Map.of("from", London.dateOf(BEGINS).toString(), "to", last.toString()))
            .at("/total/balance");
    long came =
        activity.path("opening").asLong()
            + activity.path("activated").asLong()
            + activity.path("reinstated").asLong()
            + activity.path("reactivated").asLong();
    long went =
        activity.path("cancelledByPayer").asLong()
            + activity.path("cancelledByBank").asLong()
            + activity.path("cancelledByAgent").asLong()
            + activity.path("expired").asLong();
    long inForce =
        sandbox.look(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from mandate where status in ('active', 'suspended')")
                    .mapTo(Long.class)
                    .one());
    if (came - went != inForce || activity.path("closing").asLong() != inForce) {
      throw new IllegalStateException(
          "%d mandates came, %d went, and %d are in force.".formatted(came, went, inForce));
    }
    return """
    The books balance: by its files and reports the bank was shown %,d pence, rejected %,d,
    returned %,d and took back %,d, which leaves the %,d that collections say.
    Mandates add up: %,d came into force, %,d ended, %,d are in force.
    Load of the machine at the end: %s
    """
        .formatted(
            bank.presented(),
            bank.rejected(),
            bank.returned(),
            bank.claimed(),
            books,
            came,
            went,
            inForce,
            load());
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
