package dev.keyreeve.directdebit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.WalkWorld.Tenant;
import dev.keyreeve.directdebit.bacs.Reading;
import dev.keyreeve.directdebit.bacs.bankreport.Advice;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject;
import dev.keyreeve.directdebit.bacs.bankreport.Report;
import dev.keyreeve.directdebit.bacs.bankreport.ReportReader;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.standard18.Standard18File;
import dev.keyreeve.directdebit.bacs.standard18.Standard18Reader;
import dev.keyreeve.directdebit.collector.serviceuser.SealedColumns;
import dev.keyreeve.directdebit.model.Broken;
import dev.keyreeve.directdebit.model.MandateModel;
import dev.keyreeve.platform.cipher.SealedColumn;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What must hold whenever one looks: rows are what their logs come to, files hold each
/// presentation once, money is where it is said to be, and mandates add up.
final class WalkChecks {
  private final WalkWorld world;
  private final Random random;
  private final LocalDate begins;
  private final Map<String, Standard18File> files = new HashMap<>();
  private final Map<String, List<Advice>> reports = new HashMap<>();

  WalkChecks(WalkWorld world, Random random) {
    this.world = world;
    this.random = random;
    this.begins = world.today();
  }

  void look() {
    for (var tenant : world.tenants) {
      rowsAreWhatTheirLogsComeTo(tenant);
      presentationsAreInOrder(tenant);
      nothingInDoubtIsDecided(tenant);
      mandatesAddUp(tenant);
      if (world.isSandbox()) nothingIsLeftBehind(tenant);
    }
    filesHoldEachPresentationOnce();
    for (var tenant : world.tenants) moneyIsWhereItIsSaidToBe(tenant);
    theStrangerSeesNothing();
  }

  private List<String> rows(Tenant tenant, String sql) {
    return world
        .rails
        .world
        .tenancy()
        .read(tenant.id(), world.now(), tx -> tx.query(sql).mapTo(String.class).list());
  }

  private void rowsAreWhatTheirLogsComeTo(Tenant tenant) {
    var model = tenant.model();
    same(
        "mandates",
        model.mandates().stream()
            .map(each -> each.id() + " " + each.status() + " " + each.version()),
        rows(
            tenant,
            """
            select id || ' ' || status || ' ' || version from mandate
            where workspace_id = :workspace
            """));
    same(
        "collections",
        model.collections().stream()
            .map(
                each ->
                    "%s %s %d %s".formatted(each.id(), each.status(), each.amount(), each.dueOn())),
        rows(
            tenant,
            """
            select id || ' '
              || case when status in ('scheduled', 'pending_submission') then 'planned' else status end
              || ' ' || amount || ' ' || due_on
            from collection where workspace_id = :workspace
            """));
    same(
        "claims",
        model.claims().stream().map(each -> each.id() + " " + each.status()),
        rows(tenant, "select id || ' ' || status from claim where workspace_id = :workspace"));
  }

  private static void same(String what, Stream<String> model, List<String> rows) {
    var expected = model.sorted().toList();
    var there = rows.stream().sorted().toList();
    if (expected.equals(there)) return;

    var missing = new ArrayList<>(expected);
    missing.removeAll(there);
    var surplus = new ArrayList<>(there);
    surplus.removeAll(expected);
    Broken.unless(
        false, () -> "%s by the log %s, by their rows %s".formatted(what, missing, surplus));
  }

  /// One presentation of a debit is under way at most; it is of all that is owed, and a second one
  /// follows a failure, as code 18.
  private void presentationsAreInOrder(Tenant tenant) {
    empty(
        tenant,
        "two live presentations",
        """
        select collection_id from attempt
        where workspace_id = :workspace and status in ('submitted', 'collected', 'settled')
        group by collection_id having count(*) > 1
        """);
    empty(
        tenant,
        "another amount than owed",
        """
        select a.id from attempt a
        join collection c on c.workspace_id = :workspace and c.id = a.collection_id
        where a.workspace_id = :workspace and a.amount <> c.amount
        """);
    empty(
        tenant,
        "code 18 without a failure, or a failure without code 18",
        """
        select a.id from attempt a
        where a.workspace_id = :workspace
          and (a.code = '18') <> exists (
            select from attempt e
            where e.workspace_id = :workspace and e.collection_id = a.collection_id
              and e.n < a.n and e.status = 'failed')
        """);
    empty(
        tenant,
        "a gap between presentations",
        """
        select collection_id from attempt where workspace_id = :workspace
        group by collection_id having max(n) <> count(*)
        """);
  }

  private void empty(Tenant tenant, String what, String sql) {
    var found = rows(tenant, sql);
    Broken.unless(found.isEmpty(), () -> what + ": " + found);
  }

  /// What a bank may have meant by an advice that waited for a person has not been taken for paid.
  private void nothingInDoubtIsDecided(Tenant tenant) {
    var waited =
        world.rails.owners(
            """
            select reference || '/' || amount || '/' || told_at || '/'
              || coalesce(ended_at, 'infinity') || '/'
              || (told_at at time zone 'Europe/London')::date
            from advice
            where service_user_id = '%s' and report_file_id is not null and amount is not null
              and (status = 'parked' or ended_by is not null)
            """
                .formatted(world.serviceUser));
    if (waited.isEmpty()) return;

    var rows =
        waited.stream()
            .map(row -> "('" + row.replace("/", "', '") + "')")
            .collect(Collectors.joining(", "));
    empty(
        tenant,
        "settled though the bank had said something",
        """
        select a.id from attempt a
        join mandate m on m.workspace_id = :workspace and m.id = a.mandate_id
        join (values %s) as d (reference, amount, told_at, ended_at, told_on)
          on d.reference = m.reference and d.amount::bigint = a.amount
        where a.workspace_id = :workspace and a.status = 'settled'
          and d.told_at::timestamptz < a.settled_at and d.told_on::date >= a.input_on
          and d.ended_at::timestamptz > a.settled_at
          and not exists (
            select from claim c where c.workspace_id = :workspace and c.attempt_id = a.id)
        """
            .formatted(rows));
  }

  /// What was in doubt in these days, or is: a report that could not be read, by no reference.
  ///
  /// @param reference null for a whole report
  private record Doubt(@Nullable String reference, LocalDate told) {}

  /// Silence decides at the end of a processing day, which may be the sixth after the doubt ended.
  private List<Doubt> doubts() {
    var recently = world.now().minus(Duration.ofDays(6));
    return world
        .rails
        .owners(
            """
            select '/' || (received_at at time zone 'Europe/London')::date from report_file
            where service_user_id = '%1$s' and kind is null and status in ('parked', 'dismissed')
              and (ended_at is null or ended_at > '%2$s')
            union all
            select reference || '/' || (told_at at time zone 'Europe/London')::date from advice
            where service_user_id = '%1$s' and report_file_id is not null
              and (status = 'parked' or ended_at > '%2$s')
            """
                .formatted(world.serviceUser, recently))
        .stream()
        .map(
            row -> {
              int slash = row.lastIndexOf('/');
              var reference = slash == 0 ? null : row.substring(0, slash);
              return new Doubt(reference, LocalDate.parse(row.substring(slash + 1)));
            })
        .toList();
  }

  /// What time brings has come, save where it is in doubt.
  private void nothingIsLeftBehind(Tenant tenant) {
    var doubts = doubts();
    for (var debit : tenant.model().collections()) {
      boolean isDoubtful = isDoubtful(doubts, debit.mandate(), debit.entryOn());
      boolean isLate = !isDoubtful && debit.isDueBy(world.now());
      Broken.unless(!isLate, () -> "left behind: " + debit);
    }
    for (var mandate : tenant.model().mandates()) {
      var until = mandate.dueBy();
      boolean isLate =
          until != null
              && until.isBefore(world.now())
              && !(mandate.status().equals("submitted")
                  && isDoubtful(doubts, mandate, London.dateOf(mandate.since())));
      Broken.unless(!isLate, () -> "left behind: " + mandate);
    }
  }

  private static boolean isDoubtful(List<Doubt> doubts, MandateModel mandate, LocalDate since) {
    return doubts.stream()
        .filter(each -> each.reference() == null || mandate.reference().equals(each.reference()))
        .anyMatch(each -> !each.told().isBefore(since.minusDays(14)));
  }

  private void filesHoldEachPresentationOnce() {
    readFiles();
    var inFiles = new TreeMap<String, Integer>();
    files
        .values()
        .forEach(
            file ->
                file.records().stream()
                    .filter(each -> each.code().isDebit())
                    .forEach(
                        each ->
                            inFiles.merge(
                                "%s %s %d %s"
                                    .formatted(
                                        each.reference().text(),
                                        each.code().code(),
                                        each.amount().amount(),
                                        each.processingDay()),
                                1,
                                Integer::sum)));
    var presented = new TreeMap<String, Integer>();
    for (var tenant : world.tenants) {
      for (var row :
          rows(
              tenant,
              """
              select m.reference || ' ' || a.code || ' ' || a.amount || ' ' || a.processing_on
              from attempt a
              join mandate m on m.workspace_id = :workspace and m.id = a.mandate_id
              where a.workspace_id = :workspace
              """)) {
        presented.merge(row, 1, Integer::sum);
      }
    }
    if (inFiles.equals(presented)) return;

    var onlyInFiles = new TreeMap<>(inFiles);
    presented.forEach(onlyInFiles::remove);
    var onlyInRows = new TreeMap<>(presented);
    inFiles.forEach(onlyInRows::remove);
    Broken.unless(
        false, () -> "presented by files %s, by rows %s".formatted(onlyInFiles, onlyInRows));
  }

  private void readFiles() {
    for (var id :
        world.rails.owners(
            "select id from submission where service_user_id = '" + world.serviceUser + "'")) {
      files.computeIfAbsent(
          id,
          _ ->
              switch (Standard18Reader.read(unseal("submission", SealedColumns.SUBMISSION, id))) {
                case Reading.Read<Standard18File>(var file) -> file;
                case Reading.Refused<Standard18File>(var faults) ->
                    throw new AssertionError("a submission cannot be read: " + faults);
              });
    }
  }

  private byte[] unseal(String table, SealedColumn column, String id) {
    var sealed =
        world
            .rails
            .world
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select sealed_file from " + table + " where id = :id")
                        .bind("id", id)
                        .mapTo(byte[].class)
                        .one());
    return world.rails.world.cipher().open(sealed, column.cell(id));
  }

  /// What the bank was sent, less what it sent back and what it still has, is what is counted as
  /// collected.
  private void moneyIsWhereItIsSaidToBe(Tenant tenant) {
    var references = new HashMap<String, String>();
    tenant.model().mandates().forEach(each -> references.put(each.reference(), each.id()));
    var withdrawn = world.rails.owners("select id from submission where status = 'withdrawn'");
    long sent =
        files.entrySet().stream()
            .filter(file -> !withdrawn.contains(file.getKey()))
            .flatMap(file -> file.getValue().records().stream())
            .filter(record -> references.containsKey(record.reference().text()))
            .mapToLong(record -> record.amount().amount())
            .sum();
    long back = returned(tenant, withdrawn);
    var model = tenant.model();
    long counted = model.collected() + model.submitted() + model.clawedBack();
    Broken.unless(
        sent - back == counted,
        () ->
            "sent %d, of which %d came back; but %d are collected, %d under way, %d clawed back"
                .formatted(sent, back, model.collected(), model.submitted(), model.clawedBack()));
    long clawedBack =
        model.collections().stream()
            .filter(each -> each.status().equals("clawed_back"))
            .mapToLong(each -> each.amount())
            .sum();
    Broken.unless(clawedBack == model.clawedBack(), () -> clawedBack + " are clawed back");
  }

  /// What banks have returned or not taken in, by the bytes of their reports, of what has not been
  /// taken back from them since.
  private long returned(Tenant tenant, List<String> withdrawn) {
    for (var id :
        world.rails.owners(
            "select id from report_file where status = 'applied' and service_user_id = '"
                + world.serviceUser
                + "'")) {
      reports.computeIfAbsent(
          id,
          _ ->
              switch (ReportReader.read(unseal("report_file", SealedColumns.REPORT, id))) {
                case Reading.Read<Report>(var report) -> report.advices();
                case Reading.Refused<Report>(var faults) ->
                    throw new AssertionError("a report cannot be read again: " + faults);
              });
    }
    var takenBack =
        rows(
                tenant,
                "select submission_id || ' ' || id from attempt where workspace_id = :workspace")
            .stream()
            .filter(each -> withdrawn.contains(each.substring(0, each.indexOf(' '))))
            .map(each -> each.substring(each.indexOf(' ') + 1))
            .toList();
    var amounts = new HashMap<String, Long>();
    reports
        .values()
        .forEach(
            advices ->
                advices.forEach(
                    advice -> {
                      if (isReturn(advice)
                          && advice.subject() instanceof AdviceSubject.Debit debit) {
                        amounts.put(advice.key().text(), debit.amount().amount());
                      }
                    }));
    // A debit comes back once, however many advices a person has taken for its return.
    var returned = new HashMap<String, Long>();
    for (var applied :
        world.rails.owners(
            """
            select attempt_id || ' ' || key from advice
            where status = 'applied' and attempt_id is not null and workspace_id = '%s'
            """
                .formatted(tenant.id()))) {
      var attempt = applied.substring(0, applied.indexOf(' '));
      var amount = amounts.get(applied.substring(applied.indexOf(' ') + 1));
      if (amount != null && !takenBack.contains(attempt)) returned.put(attempt, amount);
    }
    return returned.values().stream().mapToLong(Long::longValue).sum();
  }

  private static boolean isReturn(Advice advice) {
    var event =
        switch (advice.meaning()) {
          case Advice.Clear(var clear) -> clear;
          case Advice.Unclear(_, var fact) -> fact;
        };
    return event instanceof SchemeEvent.DebitReturned || event instanceof SchemeEvent.DebitRejected;
  }

  /// The balance of mandate activity, in some windows of the walk.
  private void mandatesAddUp(Tenant tenant) {
    for (int i = 0; i < 3; i++) {
      int days = (int) (world.today().toEpochDay() - begins.toEpochDay()) + 1;
      var from = begins.plusDays(random.nextInt(days));
      var to = from.plusDays(random.nextInt(days));
      var report =
          tenant
              .workspace()
              .call("reports.mandateActivity", "{'from': '%s', 'to': '%s'}".formatted(from, to))
              .value()
              .at("/total/balance");
      var balance = tenant.model().activity().between(from, to);
      var shown = new TreeMap<String, Long>();
      balance.keySet().forEach(key -> shown.put(key, report.path(key).asLong(-1)));
      Broken.unless(
          shown.equals(balance),
          () ->
              "from %s to %s the report shows %s, and not %s".formatted(from, to, shown, balance));
      Broken.unless(
          sum(balance) == Objects.requireNonNull(balance.get("closing")),
          () -> "the model does not add up: " + balance);
    }
  }

  private static long sum(Map<String, Long> balance) {
    return of(balance, "opening")
        + of(balance, "activated")
        + of(balance, "reinstated")
        + of(balance, "reactivated")
        - of(balance, "cancelledByPayer")
        - of(balance, "cancelledByBank")
        - of(balance, "cancelledByAgent")
        - of(balance, "expired");
  }

  private static long of(Map<String, Long> balance, String key) {
    return balance.getOrDefault(key, 0L);
  }

  private void theStrangerSeesNothing() {
    for (var list : List.of("mandates.list", "collections.list", "mandates.events")) {
      var seen = world.stranger.call(list, "{}").value().path("items");
      Broken.unless(seen.isEmpty(), () -> "the stranger sees " + seen);
    }
    for (var tenant : world.tenants) {
      var mandate = some(tenant.model().mandates());
      if (mandate != null) {
        var answer = world.stranger.call("mandates.get", "{'id': '%s'}".formatted(mandate.id()));
        Broken.unless(answer.reason().equals("mandate_not_found"), () -> "seen " + answer);
      }
    }
  }

  private <T> @Nullable T some(List<T> all) {
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  /// The histories that callers get end where the model does.
  void replay() {
    for (var tenant : world.tenants) {
      for (var mandate : tenant.model().mandates()) {
        var last = last(tenant, "mandates.history", mandate.id()).path("mandate");
        Broken.unless(
            last.path("status").asText().equals(mandate.status())
                && last.path("version").asInt() == mandate.version(),
            () -> "the history ends with " + last + " for " + mandate);
      }
    }
  }

  private JsonNode last(Tenant tenant, String procedure, String id) {
    var input = "{'id': '%s', 'limit': 200}".formatted(id);
    while (true) {
      var page = tenant.workspace().call(procedure, input).value();
      var items = page.path("items");
      if (!page.has("nextCursor")) return items.path(items.size() - 1);

      input =
          "{'id': '%s', 'limit': 200, 'cursor': '%s'}"
              .formatted(id, page.path("nextCursor").asText());
    }
  }
}
