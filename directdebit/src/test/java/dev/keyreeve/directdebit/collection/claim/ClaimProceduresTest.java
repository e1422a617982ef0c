package dev.keyreeve.directdebit.collection.claim;

import static dev.keyreeve.directdebit.collection.claim.ClaimWorld.DAY;
import static dev.keyreeve.directdebit.collection.claim.ClaimWorld.RENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimProceduresTest {
  private static final LocalDate JULY_1 = LocalDate.of(2026, 7, 1);
  private static final LocalDate DEADLINE = LocalDate.of(2026, 9, 2);

  private final TestDirectDebit world = new TestDirectDebit();
  private ClaimWorld ours = new ClaimWorld(world, "Claimed Lettings");

  @BeforeEach
  void open() {
    world.noonOf(JULY_1);
    ours = new ClaimWorld(world, "Claimed Lettings");
    ours.raise("B1", ours.settled(), RENT, DdicReason.CANCELLED_WITH_COLLECTOR);
    world.noonOf(DAY);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void showsAClaimToPeopleAndWithItsCollection() {
    var claim = ours.operate("claims.get", ours.only(), "");

    assertThat(claim.path("status").asText()).isEqualTo("received");
    assertThat(claim.path("reason").asText()).isEqualTo("DDIC-4");
    assertThat(claim.path("cause").asText()).isEqualTo("cancelled_with_collector");
    assertThat(claim.path("amount").asInt()).isEqualTo(65_000);
    assertThat(claim.path("flagged").asBoolean()).isTrue();
    assertThat(claim.path("allowed_actions")).hasToString("[\"start_review\",\"accept\"]");
    var collection = collection();
    assertThat(collection.path("status").asText()).isEqualTo("clawed_back");
    assertThat(collection.at("/clawback/id")).isEqualTo(claim.path("id"));
    assertThat(collection.at("/clawback/challengeBy").asText()).isEqualTo("2026-09-02");
  }

  @Test
  void winsAChallengeAndKeepsTheMoney() {
    var claim = ours.only();

    ours.operate("claims.startReview", claim, "");
    world.noonOf(DEADLINE);
    ours.operate("claims.challenge", claim, "");
    var upheld = ours.operate("claims.recordOutcome", claim, ", 'outcome': 'upheld'");
    var again = ours.operate("claims.recordOutcome", claim, ", 'outcome': 'upheld'");

    assertThat(upheld.path("changed").asBoolean()).isTrue();
    assertThat(upheld.at("/claim/flagged").asBoolean()).isFalse();
    assertThat(upheld.at("/claim/allowed_actions")).isEmpty();
    assertThat(again.path("changed").asBoolean()).isFalse();
    assertThat(collection().path("status").asText()).isEqualTo("settled");
    assertThat(ours.told())
        .containsExactly(
            "clawback.received", "clawback.under_review", "clawback.challenged", "clawback.upheld");
    ours.close(LocalDate.of(2026, 10, 1));
    assertThat(ours.only().status()).isEqualTo(ClaimStatus.UPHELD);
  }

  @Test
  void losesAChallengeAndSettles() {
    var claim = ours.only();

    ours.operate("claims.startReview", claim, "");
    ours.operate("claims.challenge", claim, "");
    ours.operate("claims.recordOutcome", claim, ", 'outcome': 'rejected'");
    ours.close(LocalDate.of(2026, 9, 9));

    assertThat(ours.only().status()).isEqualTo(ClaimStatus.SETTLED);
    assertThat(collection().path("status").asText()).isEqualTo("clawed_back");
  }

  @Test
  void refusesAChallengeAfterTheDeadline() {
    var claim = ours.only();
    ours.operate("claims.startReview", claim, "");
    world.noonOf(DEADLINE.plusDays(1));

    var late =
        world.operate(ours.workspace, "claims.challenge", "{'id': '%s'}".formatted(claim.id()));

    assertThat(late.reason()).isEqualTo("challenge_too_late");
    assertThat(late.problem().details()).containsEntry("challengeBy", "2026-09-02");
    assertThat(ours.operate("claims.get", claim, "").path("allowed_actions"))
        .hasToString("[\"accept\"]");
  }

  @Test
  void saysWhatTheStatusAllows() {
    var claim = ours.only();

    var refused =
        world.operate(ours.workspace, "claims.challenge", "{'id': '%s'}".formatted(claim.id()));

    assertThat(refused.reason()).isEqualTo("invalid_state");
    assertThat(refused.problem().details())
        .containsEntry("status", "received")
        .containsEntry("allowedActions", List.of("start_review", "accept"));
  }

  @Test
  void acceptsOnceHoweverOftenItIsSent() {
    var claim = ours.only();

    var first = ours.operate("claims.accept", claim, ", 'idempotency_key': 'a', 'if_version': 1");
    var again = ours.operate("claims.accept", claim, ", 'idempotency_key': 'a', 'if_version': 1");
    var stale =
        world.operate(
            ours.workspace, "claims.accept", "{'id': '%s', 'if_version': 1}".formatted(claim.id()));

    assertThat(first.path("changed").asBoolean()).isTrue();
    assertThat(again.path("replayed").asBoolean()).isTrue();
    assertThat(stale.reason()).isEqualTo("version_mismatch");
  }

  @Test
  void saysWhoWorksOnAClaimAndListsByIt() {
    var claim = ours.only();
    ours.raise("B2", null, RENT, DdicReason.NO_NOTICE);

    var assigned = ours.operate("claims.assign", claim, ", 'assignee': 'sam@example.com'");

    assertThat(assigned.at("/claim/assignee").asText()).isEqualTo("sam@example.com");
    assertThat(listed("'assignee': 'sam@example.com'")).containsExactly("B1");
    assertThat(listed("'unmatched': true")).containsExactly("B2");
    assertThat(listed("'flagged': true")).containsExactly("B1");
    assertThat(listed("'status': ['received']")).hasSize(2);
    assertThat(listed("'status': ['settled']")).isEmpty();
    assertThat(listed("'challenge_before': '2026-09-02'")).isEmpty();
    assertThat(listed("'challenge_before': '2026-09-03'")).hasSize(2);
    ours.operate("claims.assign", claim, "");
    assertThat(listed("'assignee': 'sam@example.com'")).isEmpty();
  }

  @Test
  void findsNoClaimOfAnotherOrganisation() {
    var theirs = new ClaimWorld(world, "Theirs");
    var one = "{'id': '%s'}".formatted(ours.only().id());

    for (var procedure : List.of("claims.get", "claims.accept", "claims.assign")) {
      assertThat(world.operate(theirs.workspace, procedure, one).reason())
          .isEqualTo("claim_not_found");
    }
    assertThat(theirs.events()).isEmpty();
  }

  private JsonNode collection() {
    return ours.workspace
        .call("collections.get", "{'id': '%s'}".formatted(ours.of("B1").collectionId()))
        .value();
  }

  private List<String> listed(String filter) {
    return world
        .operate(ours.workspace, "claims.list", "{" + filter + "}")
        .value()
        .path("items")
        .findValuesAsText("bank_ref");
  }
}
