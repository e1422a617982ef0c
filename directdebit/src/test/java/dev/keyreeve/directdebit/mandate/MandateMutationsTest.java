package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.procedure.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MandateMutationsTest {
  private static final String NOBODY = "man_01JDCVN8Q00000000000000000";

  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");
  private int references;

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void createsAMandateAndKeepsHowThePayerAgreed() {
    var created = ours.call("mandates.create", creation("CREATED-1", "12345678")).value();

    assertThat(created.path("changed").asBoolean()).isTrue();
    assertThat(created.at("/mandate/status").asText()).isEqualTo("pending_submission");
    assertThat(created.at("/mandate/version").asInt()).isEqualTo(1);
    assertThat(evidenceOf(created.at("/mandate/id").asText()))
        .singleElement()
        .asString()
        .contains("\"channel\": \"telephone\"", "\"document\": \"call 7\"");
  }

  @Test
  void refusesAReferenceTwiceAndAnAccountThatCannotExist() {
    ours.call("mandates.create", creation("TWICE-1", "12345678")).value();

    assertThat(ours.call("mandates.create", creation("TWICE-1", "12345678")).reason())
        .isEqualTo("duplicate_reference");
    var wrong = creation("WRONG-1", "31415928").replace("00-00-01", "00-10-00");
    assertThat(ours.call("mandates.create", wrong).reason()).isEqualTo("modulus_failed");
    assertThat(ours.call("mandates.create", wrong.replace("'Ada Lovelace'}", "'  '}")).reason())
        .isEqualTo("invalid_input");
  }

  @Test
  void updatesContactAndMetadataAndLeavesWhatIsNotNamed() {
    var id = active();

    var renamed =
        ours.call(
                "mandates.update",
                "{'id': '%s', 'contact': {'name': 'Ada King', 'email': 'ada@example.com'}}"
                    .formatted(id))
            .value();
    var same = ours.call("mandates.update", "{'id': '%s', 'metadata': {}}".formatted(id)).value();

    assertThat(renamed.path("changed").asBoolean()).isTrue();
    assertThat(renamed.at("/mandate/payer/name").asText()).isEqualTo("Ada King");
    assertThat(renamed.at("/mandate/payer/email").asText()).isEqualTo("ada@example.com");
    assertThat(renamed.at("/mandate/status").asText()).isEqualTo("active");
    assertThat(same.path("changed").asBoolean()).isFalse();
    assertThat(same.at("/mandate/version")).isEqualTo(renamed.at("/mandate/version"));
  }

  @Test
  void correctsTheCaseOfALetterInAnAddress() {
    var id = active();
    var contact = "{'id': '%s', 'contact': {'name': 'Ada King', 'email': '%s'}}";
    ours.call("mandates.update", contact.formatted(id, "Ada@example.com")).value();

    var corrected = ours.call("mandates.update", contact.formatted(id, "ada@Example.com")).value();

    assertThat(corrected.path("changed").asBoolean()).isTrue();
    assertThat(corrected.at("/mandate/payer/email").asText()).isEqualTo("ada@Example.com");
  }

  @Test
  void suspendsUntilADateAfterTodayInLondon() {
    var id = active();
    world.advance(Duration.ofHours(11).plusMinutes(30)); // 23:30 UTC is tomorrow in London's summer

    var today = ours.call("mandates.suspend", suspension(id, ", 'until': '2026-07-02'"));
    var tomorrow = ours.call("mandates.suspend", suspension(id, ", 'until': '2026-07-03'")).value();

    assertThat(today.reason()).isEqualTo("date_not_to_come");
    assertThat(tomorrow.at("/mandate/status").asText()).isEqualTo("suspended");
    assertThat(tomorrow.at("/mandate/suspendedUntil").asText()).isEqualTo("2026-07-03");
    assertThat(tomorrow.at("/mandate/allowedActions"))
        .hasToString("[\"cancel\",\"reactivate\",\"change_bank_account\"]");
  }

  @Test
  void liftsASuspensionAtTheAgentsWish() {
    var id = active();
    ours.call("mandates.suspend", suspension(id, "")).value();

    var lifted = ours.call("mandates.reactivate", "{'id': '%s'}".formatted(id)).value();

    assertThat(lifted.at("/mandate/status").asText()).isEqualTo("active");
    assertThat(lifted.path("mandate").has("suspendedUntil")).isFalse();
  }

  @Test
  void takesUpWhatThePayerEndedOnlyWithConsentGivenSince() {
    var id = active();
    var beforeTheEnd = world.instant();
    world.advance(Duration.ofHours(1));
    report(id, new SchemeEvent.InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER));
    world.advance(Duration.ofHours(1));

    var without = ours.call("mandates.reactivate", "{'id': '%s'}".formatted(id));
    var stale = ours.call("mandates.reactivate", reactivation(id, beforeTheEnd.toString()));
    var toCome =
        ours.call(
            "mandates.reactivate", reactivation(id, world.instant().plusSeconds(1).toString()));
    var fresh = ours.call("mandates.reactivate", reactivation(id, world.instant().toString()));

    for (var refused : List.of(without, stale, toCome)) {
      assertThat(refused.reason()).isEqualTo("mandate_not_reactivatable");
      assertThat(refused.problem().details()).containsEntry("obstacle", "consent_needed");
    }
    assertThat(fresh.value().at("/mandate/status").asText()).isEqualTo("pending_submission");
    assertThat(evidenceOf(id)).as("nothing of the refused ones is kept").hasSize(2);
  }

  @Test
  void cancellingTwiceChangesNothingTheSecondTime() {
    var id = active();
    var cancel = "{'id': '%s', 'reason': 'Moved out'}".formatted(id);

    var first = ours.call("mandates.cancel", cancel).value();
    var second = ours.call("mandates.cancel", cancel).value();

    assertThat(first.path("changed").asBoolean()).isTrue();
    assertThat(first.at("/mandate/initiator").asText()).isEqualTo("agent");
    assertThat(second.path("changed").asBoolean()).isFalse();
    assertThat(second.path("mandate")).isEqualTo(first.path("mandate"));
  }

  @Test
  void refusesWhatTheStatusDoesNotAllowAndSaysWhatItDoes() {
    var id = created();

    for (var input :
        List.of(
            ours.call("mandates.suspend", suspension(id, "")),
            ours.call("mandates.reactivate", "{'id': '%s'}".formatted(id)),
            ours.call("mandates.resendInvite", "{'id': '%s'}".formatted(id)),
            ours.call("mandates.revokeInvite", "{'id': '%s'}".formatted(id)))) {
      assertThat(input.reason()).isEqualTo("invalid_state");
      assertThat(input.problem().details())
          .containsEntry("status", "pending_submission")
          .containsEntry("allowedActions", List.of("cancel", "change_bank_account"));
    }
    assertThat(ours.call("mandates.cancel", "{'id': '%s'}".formatted(expired())).reason())
        .isEqualTo("invalid_state");
  }

  @Test
  void refusesEveryChangeOfAMandateOfAnotherWorkspaceAsIfThereWereNone() {
    var theirs = world.workspace("Other Lettings");
    var id = active();

    for (var mandate : List.of(id, NOBODY)) {
      for (var procedure :
          List.of("update", "cancel", "reactivate", "resendInvite", "revokeInvite")) {
        assertThat(theirs.call("mandates." + procedure, "{'id': '%s'}".formatted(mandate)).reason())
            .as(procedure)
            .isEqualTo("mandate_not_found");
      }
      assertThat(theirs.call("mandates.suspend", suspension(mandate, "")).reason())
          .isEqualTo("mandate_not_found");
    }
  }

  @Test
  void refusesAChangeOfWhatHasChangedSince() {
    var id = active();
    ours.call("mandates.update", "{'id': '%s', 'metadata': {'flat': '3'}}".formatted(id)).value();

    for (var procedure :
        List.of("update", "cancel", "reactivate", "resendInvite", "revokeInvite")) {
      var answer = ours.call("mandates." + procedure, "{'id': '%s', 'ifVersion': 3}".formatted(id));

      assertThat(answer.reason()).as(procedure).isEqualTo("version_mismatch");
      assertThat(answer.problem().details()).containsEntry("version", 4);
    }
    assertThat(ours.call("mandates.suspend", suspension(id, ", 'ifVersion': 3")).reason())
        .isEqualTo("version_mismatch");
    assertThat(
            ours.call("mandates.suspend", suspension(id, ", 'ifVersion': 4"))
                .value()
                .at("/mandate/version")
                .asInt())
        .isEqualTo(5);
  }

  @Test
  void ofManyWhoChangeWhatTheyHaveSeenOneWins() {
    var id = active();

    var results =
        TestDirectDebit.atOnce(
            16,
            i ->
                ours.call(
                        "mandates.update",
                        "{'id': '%s', 'metadata': {'by': '%d'}, 'ifVersion': 3}".formatted(id, i))
                    .result());

    assertThat(results).filteredOn(result -> result instanceof Result.Succeeded<?>).hasSize(1);
  }

  @Test
  void carriesOutARepeatedCallOnceAndSaysSo() {
    var id = active();
    var input = suspension(id, ", 'idempotencyKey': 'pause-1'");

    var first = ours.call("mandates.suspend", input).value();
    ours.call("mandates.reactivate", "{'id': '%s'}".formatted(id)).value();
    var again = ours.call("mandates.suspend", input).value();

    assertThat(again.path("mandate")).isEqualTo(first.path("mandate"));
    assertThat(first.path("replayed").asBoolean()).isFalse();
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(ours.call("mandates.get", "{'id': '%s'}".formatted(id)).value().path("status"))
        .hasToString("\"active\"");
    assertThat(
            ours.call(
                    "mandates.suspend",
                    suspension(id, ", 'idempotencyKey': 'pause-1', 'until': '2027-01-01'"))
                .reason())
        .isEqualTo("idempotency_key_reused");
  }

  @Test
  void answersEachItemOfABulkByItself() {
    var first = active();
    var second = active();

    var suspended =
        ours.call(
                "mandates.bulkSuspend",
                "{'items': [%s, %s, %s]}"
                    .formatted(
                        suspension(first, ""), suspension(NOBODY, ""), suspension(second, "")))
            .value();
    var reactivated =
        ours.call("mandates.bulkReactivate", "{'items': [{'id': '%s'}]}".formatted(first)).value();
    var cancelled =
        ours.call(
                "mandates.bulkCancel",
                "{'items': [{'id': '%s'}, {'id': '%s'}]}".formatted(first, second))
            .value();

    assertThat(suspended.at("/items/0/result/mandate/status").asText()).isEqualTo("suspended");
    assertThat(suspended.at("/items/1/error/reason").asText()).isEqualTo("mandate_not_found");
    assertThat(suspended.at("/items/2/result/mandate/status").asText()).isEqualTo("suspended");
    assertThat(reactivated.at("/items/0/result/mandate/status").asText()).isEqualTo("active");
    assertThat(cancelled.at("/items").findValuesAsText("status"))
        .containsExactly("cancelled", "cancelled");
  }

  private String creation(String reference, String account) {
    return """
        {'payer': {'name': 'Ada Lovelace'}, 'reference': '%s',
         'bankDetails': {'sortCode': '00-00-01', 'accountNumber': '%s',
                         'accountHolderName': 'Ada Lovelace'},
         'evidence': {'channel': 'telephone', 'agreedAt': '2026-06-01T09:00:00Z',
                      'document': 'call 7'}}
        """
        .formatted(reference, account);
  }

  private static String suspension(String id, String more) {
    return "{'id': '%s', 'reason': 'Repairs'%s}".formatted(id, more);
  }

  private static String reactivation(String id, String agreedAt) {
    return "{'id': '%s', 'payerConsent': {'channel': 'online', 'agreedAt': '%s'}}"
        .formatted(id, agreedAt);
  }

  private String created() {
    return ours.call("mandates.create", creation("CHANGE-" + references++, "12345678"))
        .value()
        .at("/mandate/id")
        .asText();
  }

  private String active() {
    var id = created();
    report(id, new SchemeEvent.InstructionSubmitted());
    report(id, new SchemeEvent.InstructionAccepted());
    return id;
  }

  private String expired() {
    var id = active();
    report(id, new SchemeEvent.DormancyReached());
    return id;
  }

  private void report(String id, SchemeEvent event) {
    world.report(ours, id, event);
  }

  private List<String> evidenceOf(String id) {
    return world
        .tenancy()
        .read(
            ours.id(),
            world.instant(),
            tx ->
                tx.query("select evidence::text from mandate_evidence where mandate_id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .list());
  }
}
