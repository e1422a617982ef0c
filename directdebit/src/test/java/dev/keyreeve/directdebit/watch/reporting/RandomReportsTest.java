package dev.keyreeve.directdebit.watch.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every ratio of random worlds, counted once more in memory from the definitions.
class RandomReportsTest {
  private static final int WORLDS = 200;
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 20);
  private static final String[] REASONS = {"ARUDD-0", "ARUDD-1", "ARUDD-B"};

  private record Try(
      String status,
      long amount,
      LocalDate entry,
      @Nullable String reason,
      @Nullable LocalDate settled,
      @Nullable LocalDate failed) {
    boolean counts(Instant asOf) {
      return !World.noon(entry.minusDays(2)).isAfter(asOf) && !status.equals("rejected");
    }

    private static boolean past(@Nullable LocalDate day, Instant asOf) {
      return day != null && !World.noon(day).isAfter(asOf);
    }

    boolean failed(Instant asOf) {
      return past(failed, asOf);
    }

    boolean settled(Instant asOf) {
      return past(settled, asOf) && !failed(asOf);
    }
  }

  private record Complaint(String status, LocalDate received, LocalDate since, String reason) {
    boolean raised(Instant asOf) {
      return !World.noon(received).isAfter(asOf);
    }

    boolean stands(Instant asOf) {
      boolean over = status.equals("withdrawn") || status.equals("upheld");
      return raised(asOf) && !(over && !World.noon(since).isAfter(asOf));
    }
  }

  private record Debt(
      LocalDate day,
      long amount,
      String status,
      LocalDate since,
      boolean isFinal,
      List<Try> tries,
      List<Complaint> complaints) {
    List<Try> presented(Instant asOf) {
      return tries.stream().filter(it -> it.counts(asOf)).toList();
    }

    boolean inCohort(Instant asOf) {
      return !presented(asOf).isEmpty();
    }

    boolean collected(Instant asOf) {
      return presented(asOf).stream().anyMatch(it -> it.settled(asOf));
    }

    boolean resolved(Instant asOf) {
      if (!inCohort(asOf)) return false;
      if (collected(asOf)) return true;
      return presented(asOf).stream().allMatch(it -> it.failed(asOf))
          && isFinal
          && !World.noon(since).isAfter(asOf);
    }

    boolean firstSettled(Instant asOf) {
      return inCohort(asOf) && presented(asOf).getFirst().settled(asOf);
    }

    boolean firstFailed(Instant asOf) {
      return inCohort(asOf) && presented(asOf).getFirst().failed(asOf);
    }
  }

  @Test
  void countsLikeTheDefinitionsOnRandomWorlds() {
    try (var service = new TestDirectDebit()) {
      for (int seed = 0; seed < WORLDS; seed++) {
        var random = new Random(seed);
        var workspace = service.workspace("Random Lettings");
        var world = new World(service, workspace, mandate(workspace));
        var debts = new ArrayList<Debt>();
        int size = random.nextInt(12);
        for (int i = 0; i < size; i++) debts.add(debt(random, world));
        var from = FIRST.plusDays(random.nextInt(20));
        var to = from.plusDays(random.nextInt(30));
        var asOf = World.noon(from.plusDays(random.nextInt(60))).plusSeconds(random.nextInt(3) - 1);
        check(workspace, seed, debts, from, to, asOf);
        check(workspace, seed, debts, from, to, service.instant());
      }
    }
  }

  private static Debt debt(Random random, World world) {
    var day = FIRST.plusDays(random.nextInt(45));
    long amount = 1L + random.nextInt(100_000);
    int kind = random.nextInt(8);
    if (kind == 0) {
      var status = random.nextBoolean() ? "cancelled" : "skipped";
      world.collection(day, amount, status, true, day.minusDays(3));
      return new Debt(day, amount, status, day.minusDays(3), true, List.of(), List.of());
    }
    var tries = new ArrayList<Try>();
    var entry = day;
    if (kind == 1) {
      tries.add(new Try("rejected", amount, entry, null, null, entry.minusDays(2)));
    } else {
      int failures = random.nextInt(3);
      for (int i = 0; i < failures; i++) {
        var reason = REASONS[random.nextInt(REASONS.length)];
        boolean late = random.nextInt(4) == 0;
        tries.add(
            new Try(
                "failed",
                amount,
                entry,
                reason,
                late ? entry.plusDays(2) : null,
                entry.plusDays(late ? 3 : 1)));
        entry = entry.plusDays(7);
      }
      if (failures == 0 || random.nextBoolean()) {
        tries.add(
            random.nextInt(4) == 0
                ? new Try("collected", amount, entry, null, null, null)
                : new Try("settled", amount, entry, null, entry.plusDays(2), null));
      }
    }
    var last = tries.getLast();
    boolean settled = last.status().equals("settled");
    boolean open = last.status().equals("collected");
    boolean isFinal = settled || (!open && random.nextInt(4) > 0);
    var since = settled ? last.settled() : open ? entry : last.failed();
    if (since == null) throw new IllegalStateException();
    var status = settled ? "settled" : open ? "collected" : "failed";
    var stage = kind == 1 ? "input" : null;
    var id = world.collection(day, amount, status, stage, isFinal, since);
    String lastAttempt = null;
    for (int i = 0; i < tries.size(); i++) {
      var one = tries.get(i);
      lastAttempt =
          world.attempt(
              id,
              i + 1,
              one.entry(),
              one.amount(),
              one.status(),
              one.reason(),
              one.settled(),
              one.failed());
    }
    var complaints = new ArrayList<Complaint>();
    if (settled && random.nextInt(3) == 0) {
      int times = 1 + random.nextInt(2);
      for (int i = 0; i < times; i++) {
        boolean isLast = i == times - 1;
        var received = last.entry().plusDays(3 + 12L * i);
        var words = new String[] {"withdrawn", "upheld", "accepted"};
        var word = words[random.nextInt(isLast ? 3 : 2)];
        var one =
            new Complaint(word, received, received.plusDays(5), "DDIC-" + (1 + random.nextInt(8)));
        complaints.add(one);
        world.claim(
            id, lastAttempt, one.reason(), amount, one.status(), one.received(), one.since());
      }
    }
    return new Debt(day, amount, status, since, isFinal, tries, complaints);
  }

  private static void check(
      Workspace workspace, int seed, List<Debt> all, LocalDate from, LocalDate to, Instant asOf) {
    var input = "{'from': '%s', 'to': '%s', 'asOf': '%s'}".formatted(from, to, asOf);
    var report = workspace.call("reports.successRate", input).value();
    var total = report.path("total");
    var debts =
        all.stream().filter(it -> !it.day().isBefore(from) && !it.day().isAfter(to)).toList();
    var cohort = debts.stream().filter(it -> it.inCohort(asOf)).toList();
    var resolved = cohort.stream().filter(it -> it.resolved(asOf)).toList();
    var collected = cohort.stream().filter(it -> it.collected(asOf)).toList();
    var net = keep(collected, it -> it.complaints().stream().noneMatch(c -> c.stands(asOf)));
    var firstFailed = keep(cohort, it -> it.firstFailed(asOf));
    var firstSettled = keep(cohort, it -> it.firstSettled(asOf));
    var recovered = keep(firstFailed, it -> it.collected(asOf));
    long tries = resolved.stream().mapToLong(it -> it.presented(asOf).size()).sum();
    var attempts = cohort.stream().flatMap(it -> it.presented(asOf).stream()).toList();
    long failed = attempts.stream().filter(it -> it.failed(asOf)).count();
    long settled = attempts.stream().filter(it -> it.settled(asOf)).count();

    var at = "world " + seed + " as of " + asOf;
    same(at, total.path("successRate"), collected, resolved);
    same(at, total.path("netSuccessRate"), net, resolved);
    same(
        at,
        total.path("firstAttemptSuccessRate"),
        firstSettled,
        keep(cohort, it -> it.firstFailed(asOf) || it.firstSettled(asOf)));
    same(at, total.path("recoveryRate"), recovered, firstFailed);
    same(at, total.path("averageAttempts"), tries, resolved.size());
    same(at, total.path("attemptFailureRate"), failed, failed + settled);
    assertThat(total.at("/unresolved/count").asLong())
        .as(at)
        .isEqualTo(cohort.size() - resolved.size());
    for (var word : new String[] {"cancelled", "skipped"}) {
      assertThat(total.at("/excluded/" + word + "/count").asLong())
          .as(at)
          .isEqualTo(
              keep(debts, it -> it.status().equals(word) && !World.noon(it.since()).isAfter(asOf))
                  .size());
    }
    long reasons = 0;
    for (var each : report.path("failuresByReason")) {
      var word = each.path("reason").asText();
      long those =
          attempts.stream().filter(it -> it.failed(asOf) && word.equals(it.reason())).count();
      same(at, each.path("failureRate"), those, failed + settled);
      reasons += those;
    }
    assertThat(reasons).as(at).isEqualTo(failed);
    checkClawbacks(workspace, at, input, collected, asOf);
    checkClaims(workspace, at, from, to, all, asOf);
  }

  private static void checkClawbacks(
      Workspace workspace, String at, String input, List<Debt> collected, Instant asOf) {
    var report = workspace.call("reports.clawbacks", input).value();
    var gross = keep(collected, it -> it.complaints().stream().anyMatch(c -> c.raised(asOf)));
    var net = keep(collected, it -> it.complaints().stream().anyMatch(c -> c.stands(asOf)));
    same(at, report.at("/total/gross"), gross, collected);
    same(at, report.at("/total/net"), net, collected);
    long reasons = 0;
    for (var each : report.path("byReason")) reasons += each.at("/rates/gross/numerator").asLong();
    assertThat(reasons).as(at).isEqualTo(gross.size());
  }

  private static void checkClaims(
      Workspace workspace, String at, LocalDate from, LocalDate to, List<Debt> all, Instant asOf) {
    var report =
        workspace
            .call(
                "reports.clawbacks",
                "{'from': '%s', 'to': '%s', 'asOf': '%s', 'basis': 'claim'}"
                    .formatted(from, to, asOf))
            .value();
    Predicate<LocalDate> within = it -> !it.isBefore(from) && !it.isAfter(to);
    var claims =
        all.stream()
            .flatMap(it -> it.complaints().stream())
            .filter(it -> within.test(it.received()) && it.raised(asOf))
            .toList();
    long settled =
        all.stream()
            .filter(
                it ->
                    it.tries().stream()
                        .anyMatch(
                            one ->
                                one.settled() != null
                                    && one.settled(asOf)
                                    && within.test(one.settled())))
            .count();
    same(at, report.at("/total/gross"), claims.size(), settled);
    same(
        at,
        report.at("/total/net"),
        claims.stream().filter(it -> it.stands(asOf)).count(),
        settled);
  }

  private static List<Debt> keep(List<Debt> debts, Predicate<Debt> rule) {
    return debts.stream().filter(rule).toList();
  }

  private static void same(String at, JsonNode measure, List<Debt> part, List<Debt> whole) {
    same(at, measure, part.size(), whole.size());
    ToLongFunction<List<Debt>> value = them -> them.stream().mapToLong(Debt::amount).sum();
    same(at, measure.path("byValue"), value.applyAsLong(part), value.applyAsLong(whole));
  }

  private static void same(String at, JsonNode ratio, long numerator, long denominator) {
    assertThat(ratio.path("numerator").asLong()).as(at).isEqualTo(numerator);
    assertThat(ratio.path("denominator").asLong()).as(at).isEqualTo(denominator);
    if (denominator == 0) {
      assertThat(ratio.has("rate")).as(at).isFalse();
      return;
    }
    var rate =
        new BigDecimal(numerator).divide(new BigDecimal(denominator), 6, RoundingMode.HALF_UP);
    assertThat(ratio.path("rate").asText()).as(at).isEqualTo(rate.toPlainString());
  }

  private static String mandate(Workspace workspace) {
    return workspace
        .call(
            "mandates.create",
            """
            {'payer': {'name': 'Ada Payer'}, 'reference': 'RANDOM-1',
             'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '12345678',
                             'accountHolderName': 'Ada Payer'},
             'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'}}
            """)
        .value()
        .at("/mandate/id")
        .asText();
  }
}
