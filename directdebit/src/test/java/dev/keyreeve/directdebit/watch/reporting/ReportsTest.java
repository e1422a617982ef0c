package dev.keyreeve.directdebit.watch.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.platform.tenancy.Tx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The clock stands at 1 July 2026.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final String JUNE = "'from': '2026-06-01', 'to': '2026-06-30'";

  private final TestDirectDebit service = new TestDirectDebit();

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void countsTheWorkedExample() {
    var ours = workedExample();

    var report = ours.call("reports.successRate", "{" + JUNE + "}").value();

    var total = report.path("total");
    assertThat(total.at("/cohort/count").asInt()).isEqualTo(12);
    assertThat(total.at("/resolved/count").asInt()).isEqualTo(11);
    assertThat(total.at("/unresolved/count").asInt()).isEqualTo(1);
    assertThat(total.at("/collected/count").asInt()).isEqualTo(9);
    assertRatio(total.path("successRate"), 9, 11, "0.818182");
    assertRatio(total.path("netSuccessRate"), 8, 11, "0.727273");
    assertRatio(total.path("firstAttemptSuccessRate"), 8, 11, "0.727273");
    assertRatio(total.path("recoveryRate"), 1, 3, "0.333333");
    assertRatio(total.path("averageAttempts"), 13, 11, "1.181818");
    assertRatio(total.path("attemptFailureRate"), 4, 13, "0.307692");
    assertRatio(total.at("/successRate/byValue"), 9000, 11000, "0.818182");
    var reasons = report.path("failuresByReason");
    assertThat(reasons).hasSize(2);
    assertThat(reasons.at("/0/reason").asText()).isEqualTo("ARUDD-0");
    assertRatio(reasons.at("/0/failureRate"), 3, 13, "0.230769");
    assertThat(reasons.at("/1/reason").asText()).isEqualTo("ARUDD-1");
    assertRatio(reasons.at("/1/failureRate"), 1, 13, "0.076923");

    var clawbacks = ours.call("reports.clawbacks", "{" + JUNE + "}").value();
    assertRatio(clawbacks.at("/total/gross"), 1, 9, "0.111111");
    assertRatio(clawbacks.at("/total/net"), 1, 9, "0.111111");
    assertThat(clawbacks.path("daysToClaim").asText()).isEqualTo("9");
    assertThat(clawbacks.at("/openChallenges")).isEmpty();
    var received = ours.call("reports.clawbackHistory", "{" + JUNE + "}").value();
    assertThat(received.at("/items/0/daysToClaim").asInt()).isEqualTo(9);
    assertThat(ours.call("reports.failures", "{" + JUNE + "}").value().path("items")).hasSize(4);
  }

  @Test
  void theConceptPageTellsTheNumbersOfTheWorkedExample() throws IOException {
    var ours = workedExample();
    var total = ours.call("reports.successRate", "{" + JUNE + "}").value().path("total");
    var clawbacks = ours.call("reports.clawbacks", "{" + JUNE + "}").value();

    var page = Files.readString(Path.of("../docs/concepts/reports.md"));

    for (var name :
        List.of(
            "successRate",
            "netSuccessRate",
            "firstAttemptSuccessRate",
            "recoveryRate",
            "averageAttempts",
            "attemptFailureRate")) {
      assertThat(page).contains("| `" + name + "` | " + inWords(total.path(name)));
    }
    assertThat(page).contains("| gross clawback rate | " + inWords(clawbacks.at("/total/gross")));
  }

  private static String inWords(JsonNode ratio) {
    return ratio.path("numerator").asText()
        + "/"
        + ratio.path("denominator").asText()
        + " = "
        + ratio.path("rate").asText();
  }

  @Test
  void answersWithWhatWasKnownThen() {
    var ours = workedExample();

    var second =
        ours.call("reports.successRate", "{" + JUNE + ", 'asOf': '2026-06-02T10:59:59Z'}").value();
    var third =
        ours.call("reports.successRate", "{" + JUNE + ", 'asOf': '2026-06-03T11:00:00Z'}").value();
    var ninth =
        ours.call("reports.clawbacks", "{" + JUNE + ", 'asOf': '2026-06-09T12:00:00Z'}").value();

    assertThat(second.at("/total/resolved/count").asInt()).isEqualTo(0);
    assertThat(second.at("/total/successRate/rate").isMissingNode()).isTrue();
    assertThat(third.at("/total/collected/count").asInt()).isEqualTo(8);
    assertThat(third.at("/total/resolved/count").asInt()).isEqualTo(9);
    assertRatio(ninth.at("/total/gross"), 0, 8, "0.000000");
    assertThat(ninth.at("/unresolved/count").asInt()).isEqualTo(3);
  }

  @Test
  void groupsPartTheCohort() {
    var ours = workedExample();

    for (var group : new String[] {"day", "week", "month", "reason", "schedule_day"}) {
      var report =
          ours.call("reports.successRate", "{%s, 'groupBy': '%s'}".formatted(JUNE, group)).value();
      int all = 0;
      for (var each : report.path("groups")) all += each.at("/rates/cohort/count").asInt();
      assertThat(all).as(group).isEqualTo(12);
    }
    var byTag =
        ours.call("reports.successRate", "{" + JUNE + ", 'groupBy': 'tag', 'tagKey': 'branch'}")
            .value();
    assertThat(byTag.at("/groups/0/key").asText()).isEqualTo("=north");
    for (var group : new String[] {"day", "week", "month", "reason", "schedule_day"}) {
      for (var basis : new String[] {"collection", "claim"}) {
        var report =
            ours.call(
                    "reports.clawbacks",
                    "{%s, 'groupBy': '%s', 'basis': '%s'}".formatted(JUNE, group, basis))
                .value();
        assertThat(report.at("/total/gross/numerator").asInt()).isEqualTo(1);
        int all = 0;
        for (var each : report.path("groups")) all += each.at("/rates/gross/numerator").asInt();
        assertThat(all).as(group + basis).isEqualTo(1);
      }
    }
  }

  @Test
  void exportsCellsThatAreNoFormulas() {
    var ours = workedExample();

    var csv =
        ours.call(
                "reports.export",
                "{'report': 'success_rate', %s, 'groupBy': 'tag', 'tagKey': 'branch'}"
                    .formatted(JUNE))
            .value()
            .path("csv")
            .asText();

    assertThat(csv.split("\r\n"))
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).startsWith("'=north,"));
    assertThat(Csv.cell(" \t=1+1")).isEqualTo("' \t=1+1");
    assertThat(Csv.cell("\u200b@SUM(A1,A2)")).isEqualTo("\"'\u200b@SUM(A1,A2)\"");
    assertThat(Csv.cell("say \"no\"\r\n")).isEqualTo("\"say \"\"no\"\"\r\n\"");
    assertThat(Csv.cell("plain-text")).isEqualTo("plain-text");
    for (var report :
        new String[] {"clawbacks", "mandate_activity", "clawback_history", "failures"}) {
      assertThat(
              ours.call("reports.export", "{'report': '%s', %s}".formatted(report, JUNE))
                  .value()
                  .path("csv")
                  .asText())
          .contains("\r\n");
    }
  }

  @Test
  void hasNoRatesWhereThereIsNothing() {
    var empty = service.workspace("Nobody Lettings");

    var success = empty.call("reports.successRate", "{" + JUNE + "}").value();
    var claims = empty.call("reports.clawbacks", "{" + JUNE + ", 'basis': 'claim'}").value();
    var activity = empty.call("reports.mandateActivity", "{" + JUNE + "}").value();

    assertThat(success.at("/total/successRate").has("rate")).isFalse();
    assertThat(success.at("/total/successRate/denominator").asInt()).isEqualTo(0);
    assertThat(claims.at("/total/gross").has("rate")).isFalse();
    assertThat(activity.at("/total/churn").has("rate")).isFalse();
  }

  @Test
  void refusesWindowsThatAreReversedOrTooLong() {
    var ours = service.workspace("Harbour Lettings");

    assertThat(reason(ours, "'from': '2026-06-02', 'to': '2026-06-01'"))
        .isEqualTo("range_reversed");
    assertThat(reason(ours, "'from': '2024-02-29', 'to': '2026-02-28'"))
        .isEqualTo("range_too_long");
    assertThat(reason(ours, JUNE + ", 'asOf': '2026-07-01T12:00:01Z'")).isEqualTo("as_of_to_come");
    assertThat(reason(ours, JUNE + ", 'frozen': true")).isEqualTo("snapshot_not_found");
    assertThat(reason(ours, "'from': '2026-06-01', 'to': '2026-06-29', 'frozen': true"))
        .isEqualTo("not_a_whole_month");
    assertThat(reason(ours, JUNE + ", 'groupBy': 'tag'")).isEqualTo("invalid_input");
    ours.call("reports.successRate", "{'from': '2024-02-29', 'to': '2026-02-27'}").value();
  }

  @Test
  void keepsAMonthAsItWasWhenItEnded() {
    var ours = workedExample();
    var snapshots = snapshots();
    service.tenancy().write(ours.id(), service.instant(), tx -> take(snapshots, tx));
    new World(service, ours, mandateOf(ours))
        .collection(DAY, 1000, "cancelled", true, DAY.minusDays(3));
    service.tenancy().write(ours.id(), service.instant(), tx -> take(snapshots, tx));

    var frozen = ours.call("reports.successRate", "{" + JUNE + ", 'frozen': true}").value();
    var live = ours.call("reports.successRate", "{" + JUNE + "}").value();

    assertThat(frozen.path("frozen").asBoolean()).isTrue();
    assertThat(frozen.at("/total/successRate")).isEqualTo(live.at("/total/successRate"));
    assertThat(frozen.at("/total/excluded/cancelled/count").asInt()).isEqualTo(0);
    assertThat(live.at("/total/excluded/cancelled/count").asInt()).isEqualTo(1);
    assertThat(
            ours.call("reports.clawbacks", "{" + JUNE + ", 'frozen': true}").value().path("total"))
        .isNotEmpty();
    assertThat(
            ours.call("reports.mandateActivity", "{" + JUNE + ", 'frozen': true}")
                .value()
                .path("total"))
        .isNotEmpty();
  }

  @Test
  void balancesMandatesThatCameAndWent() {
    var own = new TestDirectDebit();
    try (own) {
      var ours = own.workspace("Harbour Lettings");
      var stays = active(own, ours, "STAYS-1");
      var cancelled = active(own, ours, "ENDS-1");
      var reinstated = active(own, ours, "BANK-1");
      var returned = create(ours, "NEVER-1");
      own.report(ours, returned, new SchemeEvent.InstructionSubmitted());
      own.report(ours, returned, new SchemeEvent.InstructionRejected(AuddisReason.NO_ACCOUNT));
      own.advance(Duration.ofDays(31));
      own.report(
          ours, reinstated, new SchemeEvent.InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER));
      own.report(ours, reinstated, new SchemeEvent.InstructionReinstated());
      ours.call("mandates.suspend", "{'id': '%s', 'reason': 'Works'}".formatted(stays)).value();
      ours.call("mandates.cancel", "{'id': '%s', 'reason': 'Moved out'}".formatted(cancelled))
          .value();
      ours.call("mandates.reactivate", "{'id': '%s'}".formatted(cancelled)).value();
      own.report(ours, cancelled, new SchemeEvent.InstructionSubmitted());
      own.report(ours, cancelled, new SchemeEvent.InstructionAccepted());

      var july =
          ours.call("reports.mandateActivity", "{'from': '2026-07-01', 'to': '2026-07-31'}")
              .value();
      var august =
          ours.call(
                  "reports.mandateActivity",
                  "{'from': '2026-08-01', 'to': '2026-08-31', 'groupBy': 'week'}")
              .value();

      assertThat(july.at("/total/balance/activated").asInt()).isEqualTo(3);
      assertThat(july.at("/total/balance/closing").asInt()).isEqualTo(3);
      assertRatio(july.path("setupFailureRate"), 1, 4, "0.250000");
      assertThat(july.path("workingDaysToActive").asText()).isEqualTo("0");
      var balance = august.at("/total/balance");
      assertThat(balance.path("opening").asInt()).isEqualTo(3);
      assertThat(balance.path("cancelledByPayer").asInt()).isEqualTo(1);
      assertThat(balance.path("cancelledByAgent").asInt()).isEqualTo(1);
      assertThat(balance.path("reinstated").asInt()).isEqualTo(1);
      assertThat(balance.path("reactivated").asInt()).isEqualTo(1);
      assertThat(balance.path("closing").asInt()).isEqualTo(3);
      assertThat(august.at("/total/suspended").asInt()).isEqualTo(1);
      assertRatio(august.at("/total/churn"), 2, 3, "0.666667");
      assertThat(august.at("/groups/0/key").asText()).isEqualTo("2026-07-27");
    }
  }

  @Test
  void needsTheScopeOfReports() {
    var ours = service.workspace("Harbour Lettings").with("mandates:read");

    assertThat(reason(ours, JUNE)).isEqualTo("insufficient_scope");
  }

  private Snapshots snapshots() {
    var calendar = new BacsCalendar(BankHolidays.known());
    return new ReportProcedures(service.tenancy(), calendar).snapshots();
  }

  private static boolean take(Snapshots snapshots, Tx tx) {
    snapshots.take(tx, LocalDate.of(2026, 7, 1));
    return true;
  }

  private static String reason(Workspace workspace, String input) {
    return workspace.call("reports.successRate", "{" + input + "}").reason();
  }

  private static void assertRatio(JsonNode ratio, long numerator, long denominator, String rate) {
    assertThat(ratio.path("numerator").asLong()).isEqualTo(numerator);
    assertThat(ratio.path("denominator").asLong()).isEqualTo(denominator);
    assertThat(ratio.path("rate").asText()).isEqualTo(rate);
  }

  private String mandateOf(Workspace workspace) {
    return workspace.call("mandates.list", "{}").value().at("/items/0/id").asText();
  }

  private static String active(TestDirectDebit own, Workspace workspace, String reference) {
    var id = create(workspace, reference);
    own.report(workspace, id, new SchemeEvent.InstructionSubmitted());
    own.report(workspace, id, new SchemeEvent.InstructionAccepted());
    return id;
  }

  private static String create(Workspace workspace, String reference) {
    return workspace
        .call(
            "mandates.create",
            """
            {'payer': {'name': 'Ada Payer', 'externalRef': 'of %1$s'},
             'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '12345678',
                             'accountHolderName': 'Ada Payer'},
             'evidence': {'channel': 'paper', 'agreedAt': '2026-06-01T09:00:00Z'},
             'metadata': {'branch': '=north'},
             'reference': '%1$s'}
            """
                .formatted(reference))
        .value()
        .at("/mandate/id")
        .asText();
  }

  /// Twelve collections of 1000 pence on one day; what happens, happens at noon.
  private Workspace workedExample() {
    var workspace = service.workspace("Harbour Lettings");
    var world = new World(service, workspace, create(workspace, "WORKED-1"));
    var settles = DAY.plusDays(2);
    for (int i = 0; i < 8; i++) {
      boolean claimed = i == 0;
      var claimedOn = DAY.plusDays(9);
      var id =
          world.collection(
              DAY, 1000, claimed ? "clawed_back" : "settled", true, claimed ? claimedOn : settles);
      var attempt = world.attempt(id, 1, DAY, 1000, "settled", null, settles, null);
      if (claimed) world.claim(id, attempt, "DDIC-1", 1000, "accepted", claimedOn, claimedOn);
    }
    var retried = DAY.plusDays(10);
    var recovered = world.collection(DAY, 1000, "settled", true, retried.plusDays(2));
    world.attempt(recovered, 1, DAY, 1000, "failed", "ARUDD-0", null, DAY.plusDays(1));
    world.attempt(recovered, 2, retried, 1000, "settled", null, retried.plusDays(2), null);
    var lost = world.collection(DAY, 1000, "failed", true, retried.plusDays(1));
    world.attempt(lost, 1, DAY, 1000, "failed", "ARUDD-0", null, DAY.plusDays(1));
    world.attempt(lost, 2, retried, 1000, "failed", "ARUDD-0", null, retried.plusDays(1));
    var ended = world.collection(DAY, 1000, "failed", true, DAY.plusDays(1));
    world.attempt(ended, 1, DAY, 1000, "failed", "ARUDD-1", null, DAY.plusDays(1));
    var provisional = world.collection(DAY, 1000, "collected", false, DAY);
    world.attempt(provisional, 1, DAY, 1000, "collected", null, null, null);
    return workspace;
  }
}
