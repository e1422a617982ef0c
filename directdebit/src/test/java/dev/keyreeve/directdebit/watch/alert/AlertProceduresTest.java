package dev.keyreeve.directdebit.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.procedure.shape.Issue;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertProceduresTest {
  private static final LocalDate DAY = LocalDate.of(2026, 7, 15);

  private final TestDirectDebit world = new TestDirectDebit();

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void acknowledgesOnceAndKeepsWhoAndWhatTheyWrote() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();
    var wish = "{'id': '%s', 'note': 'Calling the bank.', 'idempotencyKey': 'a'}".formatted(id);

    var first = ours.workspace.call("alerts.acknowledge", wish).value();
    var replayed = ours.workspace.call("alerts.acknowledge", wish).value();
    var again = ours.workspace.call("alerts.acknowledge", "{'id': '%s'}".formatted(id)).value();

    assertThat(first.path("changed").asBoolean()).isTrue();
    assertThat(first.at("/alert/status").asText()).isEqualTo("acknowledged");
    assertThat(first.at("/alert/version").asInt()).isEqualTo(2);
    assertThat(replayed.path("replayed").asBoolean()).isTrue();
    assertThat(again.path("changed").asBoolean()).isFalse();
    var notes = ours.details(id).path("notes");
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0).path("words").asText()).isEqualTo("Calling the bank.");
    assertThat(notes.get(0).path("byKind").asText()).isEqualTo("key");
    assertThat(notes.get(0).path("action").asText()).isEqualTo("acknowledge");
    assertThat(ours.told()).containsExactly("alert.opened", "alert.acknowledged");
  }

  @Test
  void dismissesAndOpensAgainAndSaysWhatTheStatusAllows() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();
    var one = "{'id': '%s'}".formatted(id);

    var dismissed =
        ours.workspace
            .call("alerts.dismiss", "{'id': '%s', 'reason': 'Known.'}".formatted(id))
            .value();
    var refused = ours.workspace.call("alerts.acknowledge", one);
    var same =
        ours.workspace
            .call("alerts.dismiss", "{'id': '%s', 'reason': 'Again.'}".formatted(id))
            .value();
    var reopened = ours.workspace.call("alerts.reopen", one).value();

    assertThat(dismissed.at("/alert/dismissReason").asText()).isEqualTo("Known.");
    assertThat(refused.reason()).isEqualTo("invalid_state");
    assertThat(refused.problem().details())
        .containsEntry("status", "dismissed")
        .containsEntry("allowedActions", List.of("reopen"));
    assertThat(same.path("changed").asBoolean()).isFalse();
    assertThat(reopened.at("/alert/status").asText()).isEqualTo("open");
    assertThat(reopened.path("alert").has("dismissReason")).isFalse();
    assertThat(ours.told()).containsExactly("alert.opened", "alert.dismissed", "alert.reopened");
  }

  @Test
  void allowsNothingButNotesOnceItIsResolved() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();
    ours.settled(10_000, London.at(DAY, LocalTime.NOON));
    ours.evaluate(DAY.plusDays(1));
    ours.evaluate(DAY.plusDays(2));

    for (var procedure : List.of("alerts.acknowledge", "alerts.reopen")) {
      var refused = ours.workspace.call(procedure, "{'id': '%s'}".formatted(id));
      assertThat(refused.reason()).isEqualTo("invalid_state");
      assertThat(refused.problem().details()).containsEntry("allowedActions", List.of());
    }
    ours.workspace.call("alerts.addNote", "{'id': '%s', 'note': 'It was one bank.'}".formatted(id));
    assertThat(ours.details(id).at("/notes/0/words").asText()).isEqualTo("It was one bank.");
  }

  @Test
  void changesOnlyWhatTheCallerHasSeen() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();

    var stale =
        ours.workspace.call("alerts.acknowledge", "{'id': '%s', 'ifVersion': 7}".formatted(id));
    var seen =
        ours.workspace.call("alerts.acknowledge", "{'id': '%s', 'ifVersion': 1}".formatted(id));

    assertThat(stale.reason()).isEqualTo("version_mismatch");
    assertThat(seen.value().path("changed").asBoolean()).isTrue();
  }

  @Test
  void acknowledgesManyAtOnceEachByItself() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();

    var answers =
        ours.workspace
            .call(
                "alerts.bulkAcknowledge",
                "{'items': [{'id': '%s'}, {'id': 'alr_01JDCVN8Q00000000000000000'}]}".formatted(id))
            .value()
            .path("items");

    assertThat(answers.get(0).at("/result/alert/status").asText()).isEqualTo("acknowledged");
    assertThat(answers.get(1).at("/error/reason").asText()).isEqualTo("alert_not_found");
  }

  @ParameterizedTest
  @CsvSource({"2026-07-01", "2026-06-30", "2027-07-02"})
  void snoozesToADayThatIsToComeAndNotFarAway(String until) {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();

    var refused =
        ours.workspace.call(
            "alerts.dismiss",
            "{'id': '%s', 'reason': 'Known.', 'snoozeUntil': '%s'}".formatted(id, until));

    assertThat(refused.reason()).isEqualTo("date_not_to_come");
  }

  @Test
  void takesNoControlCharactersAndNoLongNotes() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();

    for (var note : List.of("a\\u0000b", "a\\nb", "a\\u001b[31mb", "", "x".repeat(501))) {
      assertThat(
              ours.workspace
                  .call("alerts.addNote", "{'id': '%s', 'note': '%s'}".formatted(id, note))
                  .reason())
          .isEqualTo("invalid_input");
    }
  }

  @Test
  void countsWhatStandsAndListsByStatusSeverityAndMetric() {
    var ours = alarmed();
    ours.claim(null, "DDIC-1", 60_000, DAY, DAY.plusDays(40));
    ours.evaluate(DAY);
    var claim = ours.only("large_claim").path("id").asText();
    ours.workspace.call("alerts.acknowledge", "{'id': '%s'}".formatted(claim)).value();

    var counts = ours.workspace.call("alerts.counts", "{}").value();

    assertThat(counts.at("/open/critical").asInt()).isEqualTo(1);
    assertThat(counts.at("/open/warning").asInt()).isEqualTo(1);
    assertThat(counts.at("/acknowledged/warning").asInt()).isEqualTo(1);
    assertThat(rules(ours, "{'status': ['acknowledged']}")).containsExactly("large_claim");
    assertThat(rules(ours, "{'severity': ['critical']}")).containsExactly("failure_rate");
    assertThat(rules(ours, "{'metric': ['unmatched_claim']}")).containsExactly("unmatched_claim");
    assertThat(rules(ours, "{'rule': 'large_claim'}")).containsExactly("large_claim");
    assertThat(rules(ours, "{'updatedSince': '2030-01-01T00:00:00Z'}")).isEmpty();
    var page = ours.workspace.call("alerts.list", "{'limit': 2}").value();
    var next =
        ours.workspace
            .call("alerts.list", "{'cursor': '%s'}".formatted(page.path("nextCursor").asText()))
            .value();
    assertThat(page.path("items")).hasSize(2);
    assertThat(next.path("items")).hasSize(1);
  }

  @Test
  void readingNeedsOneScopeAndWritingTheOther() {
    var ours = alarmed();
    var id = ours.alerts().getFirst().path("id").asText();
    var reader = ours.workspace.with("alerts:read");

    reader.call("alerts.get", "{'id': '%s'}".formatted(id)).value();

    assertThat(reader.call("alerts.acknowledge", "{'id': '%s'}".formatted(id)).reason())
        .isEqualTo("insufficient_scope");
  }

  @Test
  void changesARuleAndHoldsWhatWasNotNamed() {
    var ours = new AlertWorld(world, "Choosy Lettings");

    var changed = set(ours, "{'name': 'failure_rate', 'warn': 300, 'idempotencyKey': 'r'}");
    var same = set(ours, "{'name': 'failure_rate', 'warn': 300}");
    var stale =
        ours.workspace.call(
            "alerts.setRule", "{'name': 'failure_rate', 'warn': 200, 'ifVersion': 0}");

    assertThat(changed.path("changed").asBoolean()).isTrue();
    assertThat(changed.at("/rule/warn").asInt()).isEqualTo(300);
    assertThat(changed.at("/rule/critical").asInt()).isEqualTo(1_000);
    assertThat(changed.at("/rule/isDefault").asBoolean()).isFalse();
    assertThat(same.path("changed").asBoolean()).isFalse();
    assertThat(stale.reason()).isEqualTo("version_mismatch");
    assertThat(ours.rule("failure_rate").path("days").asInt()).isEqualTo(30);
  }

  @Test
  void aNamedWarningTakesTheClearLevelWithIt() {
    var ours = new AlertWorld(world, "Choosy Lettings");

    set(ours, "{'name': 'failure_rate', 'warn': 600, 'clear': 550}");
    assertThat(ours.rule("failure_rate").path("clear").asInt()).isEqualTo(550);
    set(ours, "{'name': 'failure_rate', 'warn': 400}");

    assertThat(ours.rule("failure_rate").has("clear")).isFalse();
  }

  @Test
  void aRuleThatIsSwitchedOffResolvesWhatItOpened() {
    var ours = alarmed();

    set(ours, "{'name': 'failure_rate', 'enabled': false}");
    ours.evaluate(DAY);

    assertThat(ours.only("failure_rate").path("status").asText()).isEqualTo("resolved");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"'name': 'failure_rate', 'warn': 1001\", critical",
        "\"'name': 'failure_rate', 'critical': 10001\", warn",
        "\"'name': 'failure_rate', 'clear': 501\", clear",
        "\"'name': 'failure_rate', 'metric': 'clawback_rate'\", metric",
        "\"'name': 'failure_rate', 'scope': 'tag:a=b'\", scope",
        "\"'name': 'failure_rate', 'family': 'funds'\", family",
        "\"'name': 'failure_rate', 'window': 'calendar_month', 'days': 3\", days",
        "\"'name': 'invite_conversion', 'critical': 5001\", critical",
        "\"'name': 'invite_conversion', 'clear': 4999\", clear",
        "\"'name': 'claim_deadline', 'warn': 10\", warn",
        "\"'name': 'large_claim', 'clear': 5\", clear",
        "\"'name': 'large_claim', 'window': 'calendar_month'\", window",
        "\"'name': 'mine'\", metric",
        "\"'name': 'mine', 'metric': 'family_rate'\", family",
        "\"'name': 'mine', 'metric': 'large_claim'\", metric",
        "\"'name': 'mine', 'metric': 'claim_amount', 'family': 'funds'\", family",
        "\"'name': 'mine', 'metric': 'missing_report', 'scope': 'tag:a=b'\", scope",
        "\"'name': 'mine', 'metric': 'failure_rate', 'scope': 'sun:12'\", scope",
        "\"'name': 'Mine', 'metric': 'failure_rate'\", name",
        "\"'name': 'failure_rate', 'days': 0\", days",
        "\"'name': 'failure_rate', 'days': 367\", days"
      })
  void refusesARuleThatMakesNoSense(String fields, String path) {
    var ours = new AlertWorld(world, "Confused Lettings");

    var refused = ours.workspace.call("alerts.setRule", "{" + fields + "}");

    assertThat(refused.reason()).isEqualTo("invalid_input");
    assertThat(refused.problem().code().name()).isEqualTo("BAD_REQUEST");
    assertThat(refused.problem().issues()).extracting(Issue::path).contains(path);
    assertThat(ours.workspace.call("alerts.rules", "{}").value().path("items"))
        .hasSize(DefaultRules.ALL.size());
  }

  @Test
  void holdsAtMostFiftyRulesOfItsOwn() {
    var ours = new AlertWorld(world, "Many Lettings");
    for (int i = 0; i < 50; i++) {
      set(ours, "{'name': 'mine_%d', 'metric': 'failure_rate'}".formatted(i));
    }

    var refused =
        ours.workspace.call("alerts.setRule", "{'name': 'more', 'metric': 'failure_rate'}");

    assertThat(refused.reason()).isEqualTo("too_many_rules");
    set(ours, "{'name': 'mine_7', 'warn': 1}");
    set(ours, "{'name': 'large_claim', 'warn': 1}");
  }

  private static JsonNode set(AlertWorld ours, String rule) {
    return ours.workspace.call("alerts.setRule", rule).value();
  }

  private static List<String> rules(AlertWorld ours, String filter) {
    return ours.workspace
        .call("alerts.list", filter)
        .value()
        .path("items")
        .findValuesAsText("rule");
  }

  /// A workspace with one alert, of debits that all came back.
  private AlertWorld alarmed() {
    var ours = new AlertWorld(world, "Alarmed Lettings");
    ours.failed(20, "ARUDD-0", London.at(DAY.minusDays(1), LocalTime.NOON));
    ours.evaluate(DAY);
    return ours;
  }
}
