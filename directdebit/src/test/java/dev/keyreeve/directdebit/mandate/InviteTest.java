package dev.keyreeve.directdebit.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.TestDirectDebit.Workspace;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.procedure.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InviteTest {
  private final TestDirectDebit world = new TestDirectDebit();
  private final Workspace ours = world.workspace("Harbour Lettings");
  private int payers;

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void givesTheAgentALinkWhoseTokenNoServerIsSent() {
    var invited =
        ours.call(
                "mandates.invite",
                """
                {'payer': {'name': 'Ada Lovelace', 'email': 'ada@example.com'},
                 'reference': 'INVITED-1', 'redirectUrl': 'https://agent.example/tenants/7',
                 'metadata': {'flat': '3'}}
                """)
            .value();

    assertThat(invited.path("url").asText())
        .matches("https://pay\\.example/invite#[A-Za-z0-9_-]{43}");
    assertThat(invited.at("/mandate/status").asText()).isEqualTo("invited");
    assertThat(invited.at("/mandate/metadata/flat").asText()).isEqualTo("3");
    assertThat(invited.at("/invite/status").asText()).isEqualTo("created");
    assertThat(invited.at("/invite/expiresAt").asText())
        .isEqualTo(world.instant().plus(Duration.ofDays(14)).toString());
    assertThat(invited.path("replayed").asBoolean()).isFalse();
  }

  @Test
  void showsThePayerWhoAsksForWhatOnceTheLinkIsOpened() {
    var invited = invite("");
    var token = TestDirectDebit.tokenOf(invited);

    var seen = view(token).value();
    view(token).value();

    assertThat(seen.path("agent").asText()).isEqualTo("Harbour Lettings");
    assertThat(seen.path("payerName").asText()).isEqualTo("Ada Lovelace");
    assertThat(seen.path("reference")).isEqualTo(invited.at("/mandate/reference"));
    assertThat(seen.path("expiresAt")).isEqualTo(invited.at("/invite/expiresAt"));
    assertThat(seen.at("/guarantee/version").asText()).isEqualTo("uk-1");
    assertThat(seen.at("/guarantee/paragraphs").toString()).contains("Harbour Lettings");
    assertThat(history(invited)).containsExactly("mandate.invited", "invite.viewed");
  }

  @Test
  void promisesTheNoticeThatTheAgentGives() {
    var theirs = world.workspace("Brief Lettings");
    world
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update collector set notice_days = 1 where workspace_id = ?", theirs.id()));
    var invited = theirs.call("mandates.invite", "{'payer': {'name': 'Ada Lovelace'}}").value();

    var seen = view(TestDirectDebit.tokenOf(invited)).value();

    assertThat(seen.at("/guarantee/paragraphs/1").asText())
        .contains("Brief Lettings will notify you 1 working day in advance");
  }

  @Test
  void takesThePayersDetailsAndKeepsHowTheyWereGiven() {
    var invited = invite(", 'redirectUrl': 'https://agent.example/thanks'");

    var submitted = submit(TestDirectDebit.tokenOf(invited), "12345678").value();

    assertThat(submitted.path("redirectUrl").asText()).isEqualTo("https://agent.example/thanks");
    var mandate = get(invited);
    assertThat(mandate.path("status").asText()).isEqualTo("pending_submission");
    assertThat(mandate.at("/bankAccount/last4").asText()).isEqualTo("5678");
    assertThat(mandate.at("/bankAccount/accountHolderName").asText()).isEqualTo("A Lovelace");
    assertThat(history(invited)).containsExactly("mandate.invited", "invite.completed");
    assertThat(evidenceOf(invited))
        .contains(
            "\"address\": \"203.0.113.7\"",
            "\"userAgent\": \"Test browser\"",
            "\"guarantee\": \"uk-1\"",
            "\"noticeDays\": 10",
            "\"agreedAt\": \"" + world.instant() + "\"",
            invited.at("/invite/id").asText());
  }

  @Test
  void letsThePayerTryAgainAfterAnAccountThatCannotExist() {
    var token = TestDirectDebit.tokenOf(invite(""));

    var wrong = world.pay("invites.submit", submission(token, "31415928", "00-10-00", true));
    var right = world.pay("invites.submit", submission(token, "31415927", "00-10-00", true));

    assertThat(wrong.reason()).isEqualTo("modulus_failed");
    assertThat(wrong.problem().code().httpStatus()).isEqualTo(422);
    assertThat(right.value().path("agent").asText()).isEqualTo("Harbour Lettings");
  }

  @Test
  void takesNothingThatThePayerHasNotConfirmed() {
    var token = TestDirectDebit.tokenOf(invite(""));

    var answer = world.pay("invites.submit", submission(token, "12345678", "00-00-01", false));

    assertThat(answer.reason()).isEqualTo("invalid_input");
  }

  @Test
  void answersEveryTokenThatDoesNotWorkAlike() {
    var used = invite("");
    submit(TestDirectDebit.tokenOf(used), "12345678").value();
    var revoked = invite("");
    ours.call("mandates.revokeInvite", id(revoked)).value();
    var replaced = invite("");
    ours.call("mandates.resendInvite", id(replaced)).value();
    var cancelled = invite("");
    ours.call("mandates.cancel", id(cancelled)).value();
    var late = invite(", 'expiresInDays': 1");
    world.advance(Duration.ofDays(1));

    var tokens = new ArrayList<String>();
    for (var invited : List.of(used, revoked, replaced, cancelled, late)) {
      tokens.add(TestDirectDebit.tokenOf(invited));
    }
    tokens.add("A".repeat(43));
    tokens.add("");

    for (var token : tokens) {
      assertThat(view(token).problem()).isEqualTo(submit(token, "12345678").problem());
      assertThat(view(token).reason()).isEqualTo("invite_expired");
      assertThat(view(token).problem().code().httpStatus()).isEqualTo(404);
    }
  }

  @Test
  void ofManyWhoSubmitATokenAtOnceOneWins() {
    var theirs = world.workspace("Rushed Lettings");
    var invited = theirs.call("mandates.invite", "{'payer': {'name': 'Ada Lovelace'}}").value();
    var token = TestDirectDebit.tokenOf(invited);

    var answers = TestDirectDebit.atOnce(32, i -> submit(token, "%08d".formatted(10_000_000 + i)));

    assertThat(answers)
        .filteredOn(answer -> answer.result() instanceof Result.Succeeded<?>)
        .hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.result() instanceof Result.Failed)
        .hasSize(31)
        .allSatisfy(answer -> assertThat(answer.reason()).isEqualTo("invite_expired"));
    assertThat(world.count("event", theirs)).as("invited and completed").isEqualTo(2);
    assertThat(world.count("bank_account", theirs)).isEqualTo(1);
    assertThat(world.count("mandate_evidence", theirs)).isEqualTo(1);
  }

  @Test
  void aRepeatedInviteIsMadeOnceAndItsLinkShownOnce() {
    var input = invitation(", 'idempotencyKey': 'invite-1'");

    var first = ours.call("mandates.invite", input).value();
    var again = ours.call("mandates.invite", input).value();

    assertThat(again.path("mandate")).isEqualTo(first.path("mandate"));
    assertThat(again.path("invite")).isEqualTo(first.path("invite"));
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(again.has("url")).isFalse();
    assertThat(view(TestDirectDebit.tokenOf(first)).value().path("agent").asText())
        .isEqualTo("Harbour Lettings");
  }

  @Test
  void aNewLinkKeepsWhereThePayerGoesOnTo() {
    var invited = invite(", 'redirectUrl': 'https://agent.example/thanks'");
    ours.call("mandates.revokeInvite", id(invited)).value();

    var resent =
        ours.call(
                "mandates.resendInvite",
                "{'id': '%s', 'expiresInDays': 3, 'ifVersion': 2}"
                    .formatted(invited.at("/mandate/id").asText()))
            .value();

    assertThat(resent.at("/mandate/status").asText()).isEqualTo("invited");
    assertThat(resent.at("/invite/redirectUrl").asText()).isEqualTo("https://agent.example/thanks");
    assertThat(resent.at("/invite/expiresAt").asText())
        .isEqualTo(world.instant().plus(Duration.ofDays(3)).toString());
    assertThat(submit(TestDirectDebit.tokenOf(resent), "12345678").value().has("reference"))
        .isTrue();
    assertThat(history(invited))
        .containsExactly(
            "mandate.invited", "invite.revoked", "mandate.invited", "invite.completed");
  }

  @Test
  void aRevokedInviteLeavesAMandateThatCanBeInvitedOrCancelled() {
    var invited = invite("");

    var revoked = ours.call("mandates.revokeInvite", id(invited)).value();

    assertThat(revoked.at("/mandate/status").asText()).isEqualTo("invite_expired");
    assertThat(revoked.at("/mandate/allowedActions")).hasToString("[\"resend_invite\",\"cancel\"]");
    assertThat(ours.call("mandates.revokeInvite", id(invited)).reason()).isEqualTo("invalid_state");
  }

  @Test
  void refusesAReferenceTwiceAndAPayerWhoIsInvitedAlready() {
    var invited =
        ours.call(
                "mandates.invite",
                "{'payer': {'externalRef': 't-1', 'name': 'Ada'}, 'reference': 'ONCE-ONLY'}")
            .value();

    var sameReference =
        ours.call("mandates.invite", "{'payer': {'name': 'Bob'}, 'reference': 'ONCE-ONLY'}");
    var samePayer = ours.call("mandates.invite", "{'payer': {'externalRef': 't-1', 'name': 'A'}}");
    ours.call("mandates.cancel", id(invited)).value();
    var afterTheEnd =
        ours.call("mandates.invite", "{'payer': {'externalRef': 't-1', 'name': 'Ada'}}");

    assertThat(sameReference.reason()).isEqualTo("duplicate_reference");
    assertThat(samePayer.reason()).isEqualTo("live_mandate_exists");
    assertThat(samePayer.problem().details())
        .containsEntry("mandateId", invited.at("/mandate/id").asText());
    assertThat(get(invited).at("/payer/name").asText())
        .as("refused, so not renamed")
        .isEqualTo("Ada");
    assertThat(afterTheEnd.value().at("/mandate/status").asText()).isEqualTo("invited");
  }

  @Test
  void ofManyInvitesOfOnePayerOneWins() {
    var answers =
        TestDirectDebit.atOnce(
            8,
            _ -> ours.call("mandates.invite", "{'payer': {'externalRef': 'rush', 'name': 'Ada'}}"));

    assertThat(answers)
        .filteredOn(answer -> answer.result() instanceof Result.Succeeded<?>)
        .hasSize(1);
  }

  @Test
  void invitesManyAtOnceWithALinkForEach() {
    var answers =
        ours.call(
                "mandates.bulkInvite",
                """
                {'items': [{'payer': {'name': 'Ada'}, 'reference': 'BULK-1'},
                           {'payer': {'name': 'Bob'}, 'reference': 'BULK-1'},
                           {'payer': {'name': 'Cyd'}}]}
                """)
            .value();

    assertThat(answers.at("/items/0/result/url").asText()).contains("/invite#");
    assertThat(answers.at("/items/1/error/reason").asText()).isEqualTo("duplicate_reference");
    assertThat(answers.at("/items/2/result/url").asText()).contains("/invite#");
  }

  @Test
  void refusesALinkThatLivesTooLongAndARedirectThatIsNotSafe() {
    for (var wrong :
        List.of(
            "'expiresInDays': 0",
            "'expiresInDays': 61",
            "'redirectUrl': 'http://agent.example/'",
            "'redirectUrl': 'javascript:alert(1)'")) {
      assertThat(ours.call("mandates.invite", invitation(", " + wrong)).reason())
          .as(wrong)
          .isEqualTo("invalid_input");
    }
  }

  @Test
  void neitherTokenNorAccountNumberStandsInTheDatabaseInClear() {
    var digits = "87654321";
    var invited = ours.call("mandates.invite", invitation(", 'idempotencyKey': 'canary'")).value();
    var token = TestDirectDebit.tokenOf(invited);
    view(token).value();
    submit(token, digits).value();
    var moved = new NewAccount(new SortCode("000002"), AccountNumber.parse("76543210"));
    for (var event :
        List.of(
            new SchemeEvent.InstructionSubmitted(),
            new SchemeEvent.InstructionAccepted(),
            new SchemeEvent.AccountTransferred(moved))) {
      world.report(ours, invited.at("/mandate/id").asText(), event);
    }

    var everything = world.everythingStored();

    assertThat(everything).contains("canary", "4321", "3210");
    assertThat(everything).doesNotContain(token).doesNotContain(digits).doesNotContain("76543210");
    assertThat(get(invited).at("/bankAccount/last4").asText()).isEqualTo("3210");
  }

  private JsonNode invite(String more) {
    return ours.call("mandates.invite", invitation(more)).value();
  }

  private String invitation(String more) {
    return "{'payer': {'externalRef': 'payer-%d', 'name': 'Ada Lovelace'}%s}"
        .formatted(payers++, more);
  }

  private static String id(JsonNode invited) {
    return "{'id': '%s'}".formatted(invited.at("/mandate/id").asText());
  }

  private Answer view(String token) {
    return world.pay("invites.view", "{'token': '%s'}".formatted(token));
  }

  private Answer submit(String token, String account) {
    return world.pay("invites.submit", submission(token, account, "00-00-01", true));
  }

  private static String submission(
      String token, String account, String sortCode, boolean confirmed) {
    return """
        {'token': '%s', 'sortCode': '%s', 'accountNumber': '%s', 'accountHolderName': 'A Lovelace',
         'confirmed': %s}
        """
        .formatted(token, sortCode, account, confirmed);
  }

  private JsonNode get(JsonNode invited) {
    return ours.call("mandates.get", id(invited)).value();
  }

  private List<String> history(JsonNode invited) {
    var types = new ArrayList<String>();
    ours.call("mandates.history", id(invited))
        .value()
        .path("items")
        .forEach(event -> types.add(event.path("type").asText()));
    return types;
  }

  private String evidenceOf(JsonNode invited) {
    return world
        .tenancy()
        .read(
            ours.id(),
            world.instant(),
            tx ->
                tx.query("select evidence::text from mandate_evidence where mandate_id = :id")
                    .bind("id", invited.at("/mandate/id").asText())
                    .mapTo(String.class)
                    .one());
  }
}
