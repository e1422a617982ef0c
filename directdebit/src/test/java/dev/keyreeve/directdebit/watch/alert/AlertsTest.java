package dev.keyreeve.directdebit.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsTest {
  /// A Wednesday.
  private static final LocalDate DAY = LocalDate.of(2026, 7, 15);

  private static final Instant NOON = London.at(DAY, LocalTime.NOON);

  private final TestDirectDebit world = new TestDirectDebit();

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void opensAtTheWarningAndKeepsWhatItCounted() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.settled(57, NOON.minus(Duration.ofDays(3)));
    var failed = ours.failed(3, "ARUDD-0", NOON.minus(Duration.ofDays(2)));

    ours.evaluate(DAY);

    var alert = ours.only("failure_rate");
    assertThat(alert.path("status").asText()).isEqualTo("open");
    assertThat(alert.path("severity").asText()).isEqualTo("warning");
    assertThat(alert.path("numerator").asInt()).isEqualTo(3);
    assertThat(alert.path("denominator").asInt()).isEqualTo(60);
    assertThat(alert.path("summary").asText()).isEqualTo("3 of 60 debits came back.");
    assertThat(alert.path("allowedActions")).hasToString("[\"acknowledge\",\"dismiss\"]");
    assertThat(evidence(ours.details(alert.path("id").asText())))
        .containsExactlyInAnyOrderElementsOf(failed);
    assertThat(ours.told()).containsExactly("alert.opened");
  }

  @Test
  void saysNothingOfFewerDebitsThanTheLeastSample() {
    var ours = new AlertWorld(world, "Small Lettings");
    ours.failed(19, "ARUDD-0", NOON.minus(Duration.ofDays(2)));

    ours.evaluate(DAY);

    assertThat(ours.alerts()).isEmpty();
    var rule = ours.rule("failure_rate");
    assertThat(rule.path("level").asText()).isEqualTo("insufficient_data");
    assertThat(rule.path("numerator").asInt()).isEqualTo(19);

    ours.failed(1, "ARUDD-0", NOON.minus(Duration.ofDays(2)));
    ours.evaluate(DAY);

    assertThat(ours.only("failure_rate").path("severity").asText()).isEqualTo("critical");
  }

  @Test
  void repeatedEvaluationsOnlyMoveTheNumbersOn() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.settled(95, NOON.minus(Duration.ofDays(3)));
    ours.failed(5, "ARUDD-0", NOON.minus(Duration.ofDays(3)));
    ours.evaluate(DAY);
    ours.failed(3, "ARUDD-0", NOON);
    ours.afterImport(NOON);
    ours.settled(60, NOON);

    ours.evaluate(DAY.plusDays(1));

    var alert = ours.only("failure_rate");
    assertThat(alert.path("numerator").asInt()).isEqualTo(8);
    assertThat(alert.path("denominator").asInt()).isEqualTo(163);
    assertThat(alert.path("peakNumerator").asInt()).isEqualTo(8);
    assertThat(alert.path("peakDenominator").asInt()).isEqualTo(103);
    assertThat(alert.path("version").asInt()).isEqualTo(1);
    assertThat(alert.path("lastEvaluatedAt").asText())
        .isEqualTo(London.at(DAY.plusDays(1), LocalTime.of(9, 0)).toString());
    assertThat(ours.told()).containsExactly("alert.opened");
  }

  @Test
  void twoEvaluationsAtOnceOpenOneAlert() {
    var ours = new AlertWorld(world, "Busy Lettings");
    ours.failed(20, "ARUDD-0", NOON.minus(Duration.ofDays(2)));

    TestDirectDebit.atOnce(
        4,
        _ -> {
          ours.evaluate(DAY);
          return true;
        });

    assertThat(ours.alerts()).hasSize(1);
    assertThat(ours.told()).containsExactly("alert.opened");
  }

  @Test
  void resolvesOnTheSecondClearDayAndLinksTheNextAlertToTheOneBefore() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.settled(90, NOON.minus(Duration.ofDays(3)));
    ours.failed(5, "ARUDD-0", NOON.minus(Duration.ofDays(3)));
    ours.evaluate(DAY);
    ours.settled(100, NOON);

    ours.evaluate(DAY.plusDays(1));
    ours.evaluate(DAY.plusDays(1));
    ours.afterImport(NOON.plus(Duration.ofDays(1)));
    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("open");
    ours.evaluate(DAY.plusDays(2));
    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("resolved");

    ours.failed(10, "ARUDD-0", NOON.plus(Duration.ofDays(2)));
    ours.afterImport(NOON.plus(Duration.ofDays(2)));

    var alerts = ours.alerts();
    assertThat(alerts).hasSize(2);
    assertThat(alerts.get(1).path("previousId").asText())
        .isEqualTo(alerts.get(0).path("id").asText());
    assertThat(ours.told()).containsExactly("alert.opened", "alert.resolved", "alert.opened");
  }

  @Test
  void aDayThatIsNotClearBreaksTheRun() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.settled(90, NOON.minus(Duration.ofDays(3)));
    ours.failed(5, "ARUDD-0", NOON.minus(Duration.ofDays(3)));
    ours.evaluate(DAY);
    ours.settled(100, NOON);
    ours.evaluate(DAY.plusDays(1));
    ours.failed(4, "ARUDD-0", NOON.plus(Duration.ofDays(1)));
    ours.afterImport(NOON.plus(Duration.ofDays(1)));
    ours.settled(100, NOON.plus(Duration.ofDays(1)));

    ours.evaluate(DAY.plusDays(2));
    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("open");
    ours.evaluate(DAY.plusDays(3));

    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("resolved");
  }

  @Test
  void getsWorseAndOpensAgainThoughSomebodyKnowsOrSnoozes() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.settled(95, NOON.minus(Duration.ofDays(3)));
    ours.failed(5, "ARUDD-0", NOON.minus(Duration.ofDays(3)));
    ours.evaluate(DAY);
    var id = ours.only("failure_rate").path("id").asText();
    ours.workspace.call("alerts.acknowledge", "{'id': '%s'}".formatted(id)).value();

    ours.failed(10, "ARUDD-0", NOON);
    ours.afterImport(NOON);

    var alert = ours.only("failure_rate");
    assertThat(alert.path("status").asText()).isEqualTo("open");
    assertThat(alert.path("severity").asText()).isEqualTo("critical");
    assertThat(ours.told())
        .containsExactly("alert.opened", "alert.acknowledged", "alert.escalated");
  }

  @Test
  void staysDismissedUntilTheSnoozeEnds() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.failed(20, "ARUDD-0", NOON.minus(Duration.ofDays(3)));
    ours.evaluate(DAY);
    var id = ours.only("failure_rate").path("id").asText();
    ours.workspace
        .call(
            "alerts.dismiss",
            "{'id': '%s', 'reason': 'A known batch.', 'snoozeUntil': '2026-07-17'}".formatted(id))
        .value();

    ours.evaluate(DAY.plusDays(1));
    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("dismissed");
    ours.evaluate(DAY.plusDays(2));

    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("open");
    assertThat(ours.told()).containsExactly("alert.opened", "alert.dismissed", "alert.reopened");
  }

  @Test
  void whatIsDismissedForGoodEndsOnceTheMetricHasCleared() {
    var ours = new AlertWorld(world, "Harbour Lettings");
    ours.failed(20, "ARUDD-0", NOON.minus(Duration.ofDays(3)));
    ours.evaluate(DAY);
    var id = ours.only("failure_rate").path("id").asText();
    ours.workspace
        .call("alerts.dismiss", "{'id': '%s', 'reason': 'A known batch.'}".formatted(id))
        .value();
    ours.evaluate(DAY.plusDays(1));
    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("dismissed");

    ours.settled(1000, NOON);
    ours.evaluate(DAY.plusDays(2));
    ours.evaluate(DAY.plusDays(3));
    ours.failed(200, "ARUDD-0", NOON.plus(Duration.ofDays(3)));
    ours.afterImport(NOON.plus(Duration.ofDays(3)));

    assertThat(ours.alerts())
        .extracting(alert -> alert.path("status").asText())
        .containsExactly("resolved", "open");
  }

  @Test
  void aDayBeginsAtMidnightInLondonInSummerAndInWinter() {
    var ours = new AlertWorld(world, "Night Lettings");
    ours.workspace.call("alerts.setRule", "{'name': 'failure_rate', 'days': 1}").value();
    ours.failed(20, "ARUDD-0", Instant.parse("2026-07-14T22:59:59Z"));
    ours.failed(21, "ARUDD-0", Instant.parse("2026-07-14T23:00:00Z"));
    ours.evaluate(DAY);
    assertThat(ours.rule("failure_rate").path("denominator").asInt()).isEqualTo(21);

    // The clocks go back on this day, which has 25 hours.
    var sunday = LocalDate.of(2026, 10, 25);
    ours.failed(1, "ARUDD-0", Instant.parse("2026-10-24T22:59:59Z"));
    ours.failed(2, "ARUDD-0", Instant.parse("2026-10-24T23:00:00Z"));
    ours.failed(4, "ARUDD-0", Instant.parse("2026-10-25T23:59:59Z"));
    ours.failed(8, "ARUDD-0", Instant.parse("2026-10-26T00:00:00Z"));
    ours.evaluate(sunday);

    assertThat(ours.rule("failure_rate").path("denominator").asInt()).isEqualTo(6);
  }

  @Test
  void countsTheCalendarMonthWhereARuleSaysSo() {
    var ours = new AlertWorld(world, "Monthly Lettings");
    ours.workspace
        .call("alerts.setRule", "{'name': 'failure_rate', 'window': 'calendar_month'}")
        .value();
    ours.failed(20, "ARUDD-0", Instant.parse("2026-06-30T22:59:59Z"));
    ours.failed(30, "ARUDD-0", Instant.parse("2026-06-30T23:00:00Z"));

    ours.evaluate(DAY);

    assertThat(ours.rule("failure_rate").path("denominator").asInt()).isEqualTo(30);
  }

  @Test
  void countsClaimsAgainstWhatSettled() {
    var ours = new AlertWorld(world, "Claimed Lettings");
    var settled = ours.settled(200, NOON.minus(Duration.ofDays(20)));
    var claim = ours.claim(settled.getFirst(), "DDIC-1", 10_000, DAY, LocalDate.of(2026, 8, 28));

    ours.evaluate(DAY);

    var alert = ours.only("clawback_rate");
    assertThat(alert.path("severity").asText()).isEqualTo("warning");
    assertThat(alert.path("numerator").asInt()).isEqualTo(1);
    assertThat(alert.path("denominator").asInt()).isEqualTo(200);
    assertThat(evidence(ours.details(alert.path("id").asText()))).containsExactly(claim);
    assertThat(ours.alerts()).hasSize(1);
  }

  @Test
  void countsReturnsAndClaimsOfOneFamilyTogether() {
    var ours = new AlertWorld(world, "ReasonFamily Lettings");
    var settled = ours.settled(197, NOON.minus(Duration.ofDays(20)));
    var failed = new ArrayList<>(ours.failed(1, "ARUDD-6", NOON.minus(Duration.ofDays(1))));
    ours.failed(2, "ARUDD-0", NOON.minus(Duration.ofDays(1)));
    failed.add(ours.claim(settled.getFirst(), "DDIC-5", 10_000, DAY, LocalDate.of(2026, 8, 28)));

    ours.evaluate(DAY);

    var alert = ours.only("authority_rate");
    assertThat(alert.path("severity").asText()).isEqualTo("critical");
    assertThat(alert.path("family").asText()).isEqualTo("authority");
    assertThat(alert.path("numerator").asInt()).isEqualTo(2);
    assertThat(alert.path("denominator").asInt()).isEqualTo(200);
    assertThat(evidence(ours.details(alert.path("id").asText())))
        .containsExactlyInAnyOrderElementsOf(failed);
  }

  @Test
  void watchesAccountData() {
    var ours = new AlertWorld(world, "Careless Lettings");
    ours.settled(97, NOON.minus(Duration.ofDays(20)));
    ours.failed(1, "ARUDD-3", NOON);
    ours.failed(1, "ARUDD-5", NOON);
    ours.failed(1, "ARUDD-B", NOON);

    ours.afterImport(NOON);

    assertThat(ours.alerts()).hasSize(1);
    assertThat(ours.only("account_data_rate").path("severity").asText()).isEqualTo("warning");
  }

  @Test
  void countsCancellationsOfPayersAgainstTheMandatesInForceBefore() {
    var ours = new AlertWorld(world, "Leaving Lettings");
    ours.workspace
        .call("alerts.setRule", "{'name': 'payer_cancellations', 'minSample': 3}")
        .value();
    var mandates = new ArrayList<String>();
    for (int i = 0; i < 4; i++) mandates.add(ours.mandate("{}"));
    mandates.forEach(
        id -> {
          world.report(ours.workspace, id, new SchemeEvent.InstructionSubmitted());
          world.report(ours.workspace, id, new SchemeEvent.InstructionAccepted());
        });
    var start = London.dateOf(world.instant());
    world.advance(Duration.ofDays(40));
    world.report(
        ours.workspace,
        mandates.getFirst(),
        new SchemeEvent.InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER));
    world.report(
        ours.workspace,
        mandates.get(1),
        new SchemeEvent.InstructionCancelled(AddacsReason.ACCOUNT_CLOSED));
    world.advance(Duration.ofDays(-40));

    ours.evaluate(start.plusDays(41));

    var alert = ours.only("payer_cancellations");
    assertThat(alert.path("numerator").asInt()).isEqualTo(1);
    assertThat(alert.path("denominator").asInt()).isEqualTo(4);
    assertThat(evidence(ours.details(alert.path("id").asText())))
        .containsExactly(mandates.getFirst());
  }

  @Test
  void warnsWhenHalfOfTheInvitesComeToNothing() {
    var ours = new AlertWorld(world, "Inviting Lettings");
    ours.write(
        tx -> {
          for (int i = 0; i < 22; i++) {
            tx.update(
                    """
                    insert into mandate_invite (id, workspace_id, mandate_id, status, expires_at,
                                                created_at)
                    values (:id, :workspace, :mandate, :status, :at, :at)
                    """)
                .bind("id", "inv_" + ours.workspace.id() + i)
                .bind("mandate", ours.mandate)
                .bind("status", i < 9 ? "completed" : i < 20 ? "expired" : "revoked")
                .bind("at", NOON.minus(Duration.ofDays(20)))
                .execute();
          }
        });

    ours.evaluate(DAY);

    var alert = ours.only("invite_conversion");
    assertThat(alert.path("numerator").asInt()).isEqualTo(9);
    assertThat(alert.path("denominator").asInt()).isEqualTo(20);
  }

  @Test
  void tellsOfEachLargeClaimUntilItIsOver() {
    var ours = new AlertWorld(world, "Large Lettings");
    var later = LocalDate.of(2026, 8, 28);
    var settled = ours.settled(2, NOON);
    ours.claim(settled.get(0), "DDIC-1", 49_999, DAY, later);
    var large = ours.claim(settled.get(1), "DDIC-1", 100_000, DAY, later);

    ours.afterImport(NOON);
    var alert = ours.only("large_claim");
    ours.claimBecomes(large, "settled");
    ours.afterImport(NOON);

    assertThat(alert.path("scope").asText()).isEqualTo("claim:" + large);
    assertThat(alert.path("severity").asText()).isEqualTo("critical");
    assertThat(alert.path("summary").asText()).isEqualTo("A payer claims back £1000.00.");
    assertThat(ours.only("large_claim").path("status").asText()).isEqualTo("resolved");
  }

  @Test
  void tellsOfAClaimThatCanSoonNoLongerBeChallenged() {
    var ours = new AlertWorld(world, "Late Lettings");
    var settled = ours.settled(1, NOON);
    var monday = LocalDate.of(2026, 7, 20);
    ours.claim(settled.getFirst(), "DDIC-1", 100, DAY, monday);

    ours.evaluate(DAY.minusDays(1));
    assertThat(ours.alerts()).as("four processing days are left").isEmpty();
    ours.evaluate(DAY);
    assertThat(ours.only("claim_deadline").path("severity").asText()).isEqualTo("warning");
    ours.evaluate(LocalDate.of(2026, 7, 17));
    assertThat(ours.only("claim_deadline").path("severity").asText()).isEqualTo("critical");
    ours.evaluate(monday.plusDays(1));

    assertThat(ours.only("claim_deadline").path("status").asText()).isEqualTo("resolved");
  }

  @Test
  void tellsOfAClaimThatFitsNoDebit() {
    var ours = new AlertWorld(world, "Puzzled Lettings");
    var claim = ours.claim(null, "DDIC-1", 100, DAY, LocalDate.of(2026, 8, 28));

    ours.afterImport(NOON);

    var alert = ours.only("unmatched_claim");
    assertThat(alert.path("scope").asText()).isEqualTo("claim:" + claim);
    assertThat(alert.path("numerator").asInt()).isEqualTo(1);
    ours.evaluate(LocalDate.of(2026, 7, 20));
    assertThat(ours.only("unmatched_claim").path("severity").asText()).isEqualTo("critical");
  }

  @Test
  void tellsOfWhatReportsSayAndNobodyHasMatchedOrActedOn() {
    var ours = new AlertWorld(world, "Parked Lettings");
    report(ours, "addacs", NOON, true);

    ours.afterImport(NOON);
    assertThat(ours.only("unmatched_items").path("numerator").asInt()).isEqualTo(1);
    ours.evaluate(LocalDate.of(2026, 7, 17));
    assertThat(ours.alerts()).as("two processing days have passed").hasSize(1);
    ours.evaluate(LocalDate.of(2026, 7, 18));
    assertThat(ours.alerts()).as("a Saturday is none").hasSize(1);
    ours.evaluate(LocalDate.of(2026, 7, 20));

    assertThat(ours.only("unactioned_advices").path("numerator").asInt()).isEqualTo(1);
  }

  @Test
  void tellsOfASubmissionThatIsNotAcceptedByTheCutOff() {
    var ours = new AlertWorld(world, "Unsent Lettings");
    var id = submission(ours, DAY, 1, "sent");

    ours.evaluate(DAY, LocalTime.of(22, 29));
    assertThat(ours.alerts()).isEmpty();
    ours.evaluate(DAY, LocalTime.of(22, 30));
    assertThat(ours.only("submission_not_accepted").path("scope").asText())
        .isEqualTo("submission:" + id);
    ours.write(
        tx ->
            tx.update("update submission set status = 'accepted' where id = :id")
                .bind("id", id)
                .execute());
    ours.evaluate(DAY.plusDays(1));

    assertThat(ours.only("submission_not_accepted").path("status").asText()).isEqualTo("resolved");
  }

  @Test
  void tellsOfReturnsThatWereNotReportedByNoonOfTheFifthDay() {
    var ours = new AlertWorld(world, "Waiting Lettings");
    submission(ours, DAY, 99, "accepted");
    var id = submission(ours, DAY, 100, "accepted");
    var fifth = LocalDate.of(2026, 7, 21);

    ours.evaluate(fifth, LocalTime.of(11, 59));
    assertThat(ours.alerts()).isEmpty();
    ours.evaluate(fifth, LocalTime.NOON);
    assertThat(ours.only("missing_report").path("scope").asText()).isEqualTo("submission:" + id);
    report(ours, "arudd", London.at(fifth, LocalTime.of(13, 0)), false);
    ours.evaluate(fifth, LocalTime.of(13, 0));

    assertThat(ours.only("missing_report").path("status").asText()).isEqualTo("resolved");
  }

  @Test
  void tellsOfMandatesThatBanksMaySoonDrop() {
    var ours = new AlertWorld(world, "Dormant Lettings");
    world.report(ours.workspace, ours.mandate, new SchemeEvent.InstructionSubmitted());
    world.report(ours.workspace, ours.mandate, new SchemeEvent.InstructionAccepted());
    ours.write(
        tx ->
            tx.update(
                    "update mandate set last_presented_on = '2024-08-14'"
                        + " where workspace_id = :workspace")
                .execute());

    ours.evaluate(DAY.minusDays(1));
    assertThat(ours.alerts()).isEmpty();
    ours.evaluate(DAY);

    assertThat(evidence(ours.details(ours.only("dormant_mandates").path("id").asText())))
        .containsExactly(ours.mandate);
  }

  @Test
  void tellsOfAMandateThatABankHoldsForAnotherServiceUser() {
    var ours = new AlertWorld(world, "Mistaken Lettings");
    world.report(ours.workspace, ours.mandate, new SchemeEvent.InstructionSubmitted());
    world.report(ours.workspace, ours.mandate, new SchemeEvent.InstructionAccepted());
    world.report(
        ours.workspace,
        ours.mandate,
        new SchemeEvent.DebitReturned(AruddReason.SERVICE_USER_DIFFERS));

    ours.afterImport(world.instant());

    var alert = ours.only("service_user_differs");
    assertThat(alert.path("scope").asText()).isEqualTo("mandate:" + ours.mandate);
    assertThat(alert.path("severity").asText()).isEqualTo("critical");
  }

  @Test
  void countsOnlyTheMandatesWithATagOrOfAServiceUser() {
    var ours = new AlertWorld(world, "Branches");
    var tagged = ours.mandate("{'branch': 'north'}");
    ours.attempts(20, tagged, "failed", "ARUDD-0", NOON);
    ours.settled(5_000, NOON);
    ours.workspace
        .call(
            "alerts.setRule",
            "{'name': 'north', 'metric': 'failure_rate', 'scope': 'tag:branch=north'}")
        .value();
    ours.workspace
        .call(
            "alerts.setRule",
            "{'name': 'other_user', 'metric': 'failure_rate', 'scope': 'sun:123456'}")
        .value();

    ours.evaluate(DAY);

    assertThat(ours.alerts()).hasSize(1);
    assertThat(ours.only("north").path("scope").asText()).isEqualTo("tag:branch=north");
    assertThat(ours.rule("other_user").path("level").asText()).isEqualTo("insufficient_data");
    assertThat(ours.rule("failure_rate").path("denominator").asInt()).isEqualTo(5_020);
  }

  @Test
  void oneOrganisationNeitherCountsNorSeesWhatIsAnothers() {
    var ours = new AlertWorld(world, "Ours");
    var theirs = new AlertWorld(world, "Theirs");
    theirs.failed(20, "ARUDD-0", NOON);
    theirs.claim(null, "DDIC-1", 100_000, DAY, LocalDate.of(2026, 7, 16));
    submission(theirs, DAY.minusDays(1), 1, "sent");
    report(theirs, "addacs", NOON.minus(Duration.ofDays(14)), true);

    ours.evaluate(DAY);
    theirs.evaluate(DAY);

    assertThat(ours.alerts()).isEmpty();
    assertThat(theirs.alerts()).hasSizeGreaterThan(4);
    var id = theirs.alerts().getFirst().path("id").asText();
    for (var procedure : List.of("alerts.get", "alerts.acknowledge", "alerts.reopen")) {
      assertThat(ours.workspace.call(procedure, "{'id': '%s'}".formatted(id)).reason())
          .isEqualTo("alert_not_found");
    }
    assertThat(ours.told()).isEmpty();
  }

  @Test
  void nothingOfAPayerStandsInAnAlert() {
    var ours = new AlertWorld(world, "Discreet Lettings");
    ours.failed(20, "ARUDD-0", NOON);
    ours.claim(null, "DDIC-1", 100_000, DAY, LocalDate.of(2026, 7, 16));

    ours.evaluate(DAY);

    for (var alert : ours.alerts()) {
      assertThat(ours.details(alert.path("id").asText()).toString())
          .doesNotContain("Ada", "Lovelace", "5678");
    }
    assertThat(ours.workspace.call("alerts.events", "{}").value().toString())
        .doesNotContain("Ada", "Lovelace", "5678");
  }

  private static String submission(AlertWorld ours, LocalDate inputDay, int debits, String status) {
    var id = "sub_" + ours.workspace.id() + "_" + debits;
    ours.write(
        tx ->
            tx.update(
                    """
                    insert into submission (id, service_user_id, serial, status, input_day, debits,
                                            debit_total, instructions, sealed_at)
                    select :id, service_user_id, :serial, :status, :day, :debits, 0, 0, :now
                    from collector where workspace_id = :workspace
                    """)
                .bind("id", id)
                .bind("serial", "%06d".formatted(debits))
                .bind("status", status)
                .bind("day", inputDay)
                .bind("debits", debits)
                .execute());
    return id;
  }

  private static void report(AlertWorld ours, String kind, Instant at, boolean parks) {
    var id = "rep_" + ours.workspace.id();
    ours.write(
        tx -> {
          tx.update(
                  """
                  insert into report_file (id, service_user_id, kind, status, sha256, sealed_file,
                                           received_at)
                  select :id, service_user_id, :kind, 'applied', sha256(:id::bytea), ''::bytea, :at
                  from collector where workspace_id = :workspace
                  """)
              .bind("id", id)
              .bind("kind", kind)
              .bind("at", at)
              .execute();
          if (!parks) return;

          tx.update(
                  """
                  insert into advice (service_user_id, key, report_file_id, status, words, reference,
                                      told_at)
                  select service_user_id, :id, :id, 'parked', 'words', 'REF', :at
                  from collector where workspace_id = :workspace
                  """)
              .bind("id", id)
              .bind("at", at)
              .execute();
        });
  }

  private static List<String> evidence(JsonNode details) {
    var ids = new ArrayList<String>();
    details.path("evidence").forEach(each -> ids.add(each.path("id").asText()));
    assertThat(details.path("evidenceCount").asInt()).isEqualTo(ids.size());
    return ids;
  }
}
