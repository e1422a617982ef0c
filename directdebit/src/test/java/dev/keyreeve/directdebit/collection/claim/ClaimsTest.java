package dev.keyreeve.directdebit.collection.claim;

import static dev.keyreeve.directdebit.collection.claim.ClaimWorld.DAY;
import static dev.keyreeve.directdebit.collection.claim.ClaimWorld.RENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.TestDirectDebit;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimsTest {
  private final TestDirectDebit world = new TestDirectDebit();
  private ClaimWorld ours = new ClaimWorld(world, "Claimed Lettings");

  @BeforeEach
  void open() {
    ours = new ClaimWorld(world, "Claimed Lettings");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void takesAClaimWithItsDeadlinesInProcessingDays() {
    var attempt = ours.settled();

    var receipt = ours.raise("B1", attempt, RENT, DdicReason.NO_AUTHORITY);

    assertThat(receipt).isInstanceOf(Receipt.Taken.class);
    var claim = ours.only();
    assertThat(claim.status()).isEqualTo(ClaimStatus.RECEIVED);
    assertThat(claim.attemptId()).isEqualTo(attempt);
    assertThat(claim.receivedOn()).isEqualTo(DAY);
    assertThat(claim.challengeBy()).as("over a bank holiday").isEqualTo("2026-09-02");
    assertThat(claim.settlesOn()).isEqualTo("2026-09-09");
    assertThat(claim.flagged()).as("it ends the mandate").isTrue();
    assertThat(ours.collectionOf(claim)).isEqualTo("clawed_back");
    assertThat(ours.told()).containsExactly("clawback.received");
    var mandate = ours.workspace.call("mandates.get", "{'id': '%s'}".formatted(claim.mandateId()));
    assertThat(mandate.value().path("status").asText()).isEqualTo("cancelled");
    assertThat(ours.events().getFirst().path("reasonCode").asText()).isEqualTo("DDIC-5");
    assertThat(ours.events().getFirst().path("origin").asText()).isEqualTo("bank");
    assertThat(ours.events().toString()).doesNotContain("Ada", "Lovelace", "5678");
  }

  @Test
  void takesTheSameNoticeOnce() {
    var attempt = ours.settled();
    ours.raise("B1", attempt, RENT, DdicReason.NO_NOTICE);

    var again = ours.raise("B1", attempt, RENT, DdicReason.NO_NOTICE);

    assertThat(again).isInstanceOf(Receipt.Repeated.class);
    assertThat(ours.told()).containsExactly("clawback.received");
    assertThat(ours.only().flagged()).as("it leaves the mandate alone").isFalse();
  }

  @Test
  void takesOneReferenceForSeveralDebits() {
    var first = ours.settled();
    var second = ours.settled();
    var raised = new SchemeEvent.ClaimRaised(DdicReason.NO_NOTICE);
    var secondDay = DAY.minusDays(2);

    ours.receive(ours.notice("B1", first, RENT, DAY.minusDays(9)), raised);
    ours.receive(ours.notice("B1", second, RENT, secondDay), raised);
    ours.receive(
        ours.notice("B1", null, RENT, secondDay),
        new SchemeEvent.ClaimWithdrawn(DdicReason.NO_NOTICE));

    assertThat(ours.all()).hasSize(2);
    for (var claim : ours.all()) {
      boolean isSecond = second.equals(claim.attemptId());
      assertThat(claim.status()).isEqualTo(isSecond ? ClaimStatus.WITHDRAWN : ClaimStatus.RECEIVED);
    }
  }

  @Test
  void keepsAClaimThatFitsNoDebitUntilSomebodyFindsIt() {
    var attempt = ours.settled();

    var kept = ours.raise("B1", null, RENT, DdicReason.NO_AUTHORITY);
    assertThat(ours.only().unmatched()).isEqualTo(Unmatched.NO_ATTEMPT);
    assertThat(ours.only().flagged()).isFalse();
    var taken = ours.raise("B1", attempt, RENT, DdicReason.NO_AUTHORITY);

    assertThat(kept).isInstanceOf(Receipt.Kept.class);
    assertThat(taken).isInstanceOf(Receipt.Taken.class);
    var claim = ours.only();
    assertThat(claim.attemptId()).isEqualTo(attempt);
    assertThat(claim.unmatched()).isNull();
    assertThat(claim.flagged()).isTrue();
    assertThat(ours.collectionOf(claim)).isEqualTo("clawed_back");
    assertThat(ours.told()).containsExactly("clawback.received", "clawback.matched");
  }

  @Test
  void aClaimIsForTheWholeDebitAndForOneThatWasCollected() {
    var settled = ours.settled();
    var failed = ours.failed();

    var part = ours.raise("B1", settled, new Pence(64_999), DdicReason.NO_NOTICE);
    var returned = ours.raise("B2", failed, RENT, DdicReason.NO_NOTICE);
    var none = ours.raise("B3", "att_none", RENT, DdicReason.NO_NOTICE);

    assertThat(why(part)).isEqualTo(Unmatched.AMOUNT_DIFFERS);
    assertThat(why(returned)).isEqualTo(Unmatched.NOT_COLLECTED);
    assertThat(why(none)).isEqualTo(Unmatched.NO_ATTEMPT);
    assertThat(ours.all()).extracting(Claim::attemptId).containsOnlyNulls();
  }

  @Test
  void aDebitHasOneStandingClaim() {
    var attempt = ours.settled();
    ours.raise("B1", attempt, RENT, DdicReason.NO_NOTICE);

    var second = ours.raise("B2", attempt, RENT, DdicReason.NO_NOTICE);
    assertThat(why(second)).isEqualTo(Unmatched.CLAIMED_ALREADY);

    ours.withdraw("B1");
    assertThat(ours.raise("B3", attempt, RENT, DdicReason.NO_NOTICE))
        .isInstanceOf(Receipt.Taken.class);
  }

  @Test
  void givesTheDebitBackWhenTheBankWithdraws() {
    ours.raise("B1", ours.settled(), RENT, DdicReason.NO_NOTICE);
    ours.raise("B2", ours.settled(), RENT, DdicReason.NO_NOTICE);

    ours.withdraw("B1");
    var again = ours.withdraw("B1");
    var unknown = ours.withdraw("B9");

    assertThat(again).isInstanceOf(Receipt.Repeated.class);
    assertThat(unknown).isInstanceOf(Receipt.Unknown.class);
    assertThat(ours.collectionOf(ours.of("B1"))).isEqualTo("settled");
    assertThat(ours.collectionOf(ours.of("B2"))).isEqualTo("clawed_back");
    assertThat(ours.told())
        .containsExactly("clawback.received", "clawback.received", "clawback.withdrawn");
  }

  @Test
  void settlesOnTheFourteenthProcessingDayAndNotBefore() {
    ours.raise("B1", ours.settled(), RENT, DdicReason.NO_NOTICE);
    ours.raise("B2", null, RENT, DdicReason.NO_NOTICE);

    ours.close(LocalDate.of(2026, 9, 8));
    assertThat(ours.all()).extracting(Claim::status).containsOnly(ClaimStatus.RECEIVED);
    ours.close(LocalDate.of(2026, 9, 9));
    ours.close(LocalDate.of(2026, 9, 9));

    assertThat(ours.all()).extracting(Claim::status).containsOnly(ClaimStatus.SETTLED);
    assertThat(ours.told()).filteredOn("clawback.settled"::equals).hasSize(2);
  }

  @Test
  void waitsForTheEndOfAChallenge() {
    ours.raise("B1", ours.settled(), RENT, DdicReason.NO_NOTICE);
    ours.move(ClaimStatus.CHALLENGED);

    ours.close(LocalDate.of(2026, 10, 1));
    assertThat(ours.only().status()).isEqualTo(ClaimStatus.CHALLENGED);
    ours.move(ClaimStatus.REJECTED);
    ours.close(LocalDate.of(2026, 10, 2));

    assertThat(ours.only().status()).isEqualTo(ClaimStatus.SETTLED);
  }

  @Test
  void aSchemeMayNameTheDayAndSettle() {
    var attempt = ours.settled();
    var notice =
        new ClaimNotice("B1", "B1", "REF", RENT, DAY, attempt, null, LocalDate.of(2026, 8, 25));
    ours.receive(notice, new SchemeEvent.ClaimRaised(DdicReason.NO_NOTICE));
    assertThat(ours.only().settlesOn()).isEqualTo("2026-08-25");

    ours.receive(notice, new SchemeEvent.ClaimSettled());

    assertThat(ours.only().status()).isEqualTo(ClaimStatus.SETTLED);
  }

  @Test
  void theSameNoticeAtTheSameTimeIsOneClaim() {
    var attempt = ours.settled();

    var receipts =
        TestDirectDebit.atOnce(
            4,
            _ -> ours.raise("B1", attempt, RENT, DdicReason.NO_NOTICE).getClass().getSimpleName());

    assertThat(receipts).containsExactlyInAnyOrder("Taken", "Repeated", "Repeated", "Repeated");
  }

  @Test
  void anotherOrganisationsDebitIsNotThere() {
    var theirs = new ClaimWorld(world, "Theirs");

    var receipt = ours.raise("B1", theirs.settled(), RENT, DdicReason.NO_NOTICE);

    assertThat(why(receipt)).isEqualTo(Unmatched.NO_ATTEMPT);
    assertThat(theirs.all()).isEmpty();
  }

  private static Unmatched why(Receipt receipt) {
    if (receipt instanceof Receipt.Kept(_, var why)) return why;
    throw new AssertionError(receipt);
  }
}
