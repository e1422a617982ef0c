package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Fault;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Webhook;
import dev.keyreeve.directdebit.rail.gocardless.ResourceId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two parties act on one debit: this server by its policy of retries, and GoCardless of itself or
/// because somebody has asked it to there. The payer is debited once.
class TwoHandsTest {
  private final GoCardlessWorld world = new GoCardlessWorld();
  private final TestRails rails = world.rails;
  private final GoCardlessFake fake = world.fake;
  private final String mandate = world.activeMandate("FLAT12-RENT");
  private final ResourceId payment = world.payment(mandate);

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void dropsItsOwnRetryForThatOfGoCardlessHoweverOftenThatTries(int more) {
    failed();
    assertThat(debits()).containsExactly("retrying");
    var day = later(8);
    fake.paymentRetried(payment, day);
    hear();
    assertThat(debits()).containsExactly("submitted");
    assertThat(entryDays()).containsExactly(day.toString());
    for (int i = 0; i < more; i++) {
      failed();
      fake.paymentRetried(payment, later(9 + i));
      hear();
    }
    world.run();
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    hear();
    assertThat(debits()).containsExactly("collected");
    fake.paymentPaidOut(payment);
    hear();
    pass(10);

    assertThat(debits()).containsExactly("settled");
    assertThat(rails.attempts(world.workspace, mandate)).containsExactly("01 settled");
    assertThat(fake.count("payments")).isEqualTo(1);
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void waitsForGoCardlessWhereThatSaysItWillTryAgain() {
    fake.paymentSubmitted(payment);
    fake.paymentFailedForNow(payment, "refer_to_payer", "ARUDD-0");
    hear();
    assertThat(debits()).containsExactly("retrying");
    assertThat(
            column("outcome_final::text || ' ' || blocked || ' ' || (expected_final_on is null)"))
        .containsExactly("false provider true");
    pass(10);
    assertThat(debits()).containsExactly("retrying");
    assertThat(fake.count("payments")).isEqualTo(1);

    fake.paymentRetried(payment, later(3));
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    hear();
    assertThat(debits()).containsExactly("collected");
  }

  /// Nothing can be presented again after a month; should it be all the same, that counts.
  @Test
  void waitsForGoCardlessNoLongerThanTheSchemeAllows() {
    fake.paymentSubmitted(payment);
    fake.paymentFailedForNow(payment, "refer_to_payer", "ARUDD-0");
    hear();
    pass(30);

    assertThat(debits()).containsExactly("failed");
    assertThat(column("outcome_final::text || ' ' || coalesce(blocked, 'free')"))
        .containsExactly("true free");
    assertThat(fake.count("payments")).isEqualTo(1);

    fake.paymentRetried(payment, later(3));
    hear();
    assertThat(debits()).containsExactly("submitted");
  }

  @Test
  void asksNothingOfPaymentsThatAreNotItsOwn() {
    int asked = fake.received().size();
    var stranger = word("resubmission_requested").body().replace(payment.text(), "PM-stranger");
    world.receive(GoCardlessFake.sign(stranger)).value();
    world.receive(word("created")).value();

    assertThat(fake.received()).hasSize(asked);
    assertThat(world.parked()).containsExactly("No debit here is known by this name.");
  }

  @Test
  void givesItsOwnRetryUpWhereGoCardlessSaysLaterThatItWillTryAgain() {
    failed();
    var told = fails("'will_attempt_retry': true");
    world.receive(told).value();
    pass(10);

    assertThat(debits()).containsExactly("retrying");
    assertThat(fake.count("payments")).isEqualTo(1);
  }

  @Test
  void presentsItselfWhatGoCardlessHasTriedInVain() {
    fake.paymentSubmitted(payment);
    fake.paymentFailedForNow(payment, "refer_to_payer", "ARUDD-0");
    hear();
    fake.paymentRetried(payment, later(4));
    hear();
    failed();
    pass(8);

    assertThat(fake.count("payments")).isEqualTo(2);
    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactly("01 failed", "18 submitted");
  }

  @Test
  void countsThePresentationsOfBothAgainstThePolicy() {
    for (int i = 0; i < 2; i++) {
      failed();
      fake.paymentRetried(payment, later(2));
      hear();
    }
    failed();

    assertThat(debits()).containsExactly("failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmed", "paid_out", "charged_back", "submitted"})
  void believesTheNewestWordOfAPaymentThatFailedHere(String action) {
    failed();
    world.receive(word(action)).value();
    pass(10);

    assertThat(debits())
        .containsExactly(
            switch (action) {
              case "confirmed" -> "collected";
              case "paid_out" -> "settled";
              case "charged_back" -> "clawed_back";
              default -> "submitted";
            });
    assertThat(fake.count("payments")).isEqualTo(1);
    assertThat(world.parked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "failed for now", "resubmission_requested", "cancelled"})
  void doesNothingForAWordThatHasBeenOvertaken(String action) {
    var old =
        switch (action) {
          case "failed" -> fails("'will_attempt_retry': false");
          case "failed for now" -> fails("'will_attempt_retry': true");
          default -> word(action);
        };
    rails.world.advance(Duration.ofMinutes(1));
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    world.hear();

    world.receive(old).value();

    assertThat(debits()).containsExactly("collected");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void takesAFailureAndARetryThatComeInTheWrongOrder() {
    fake.paymentSubmitted(payment);
    fake.paymentFailed(payment, "refer_to_payer", "ARUDD-0");
    var failed = fake.nextWebhook();
    rails.world.advance(Duration.ofMinutes(1));
    var day = later(6);
    fake.paymentRetried(payment, day);

    world.hear();
    world.receive(failed).value();
    pass(8);

    assertThat(debits()).containsExactly("submitted");
    assertThat(entryDays()).containsExactly(day.toString());
    assertThat(fake.count("payments")).isEqualTo(1);
  }

  @Test
  void takesARetryUpAtOnceAndItsDayWhenGoCardlessTellsIt() {
    failed();
    var day = later(7);
    fake.paymentRetried(payment, day);
    fake.fail(Fault.status(503));
    hear();
    assertThat(debits()).containsExactly("submitted");
    assertThat(world.parked())
        .containsExactly("It is not known yet for which day it is presented again.");

    rails.world.advance(Duration.ofMinutes(1));
    world.poll();

    assertThat(entryDays()).containsExactly(day.toString());
    assertThat(world.parked()).isEmpty();
  }

  /// No webhook has told of it when the run's own payment is to be made.
  @Test
  void asksBeforeItPresentsAgainWhetherGoCardlessHas() {
    failed();
    fake.paymentRetried(payment, later(9));
    fake.nextWebhook();
    pass(8);

    assertThat(fake.count("payments")).isEqualTo(1);
    assertThat(debits()).containsExactly("submitted");
    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactlyInAnyOrder("01 submitted", "18 cancelled");
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    hear();
    assertThat(debits()).containsExactly("collected");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void callsItsOwnPaymentOffWhereGoCardlessTriesAgainAfterIt() {
    var second = retriedHere();
    fake.paymentRetried(payment, later(5));
    hear();

    assertThat(fake.status(second)).isEqualTo("cancelled");
    assertThat(debits()).containsExactly("submitted");
    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactlyInAnyOrder("01 submitted", "18 cancelled");
    hear();
    assertThat(debits()).containsExactly("submitted");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void callsTheOtherPaymentOffWhereItsOwnHasGoneOut() {
    var second = retriedHere();
    fake.paymentSubmitted(second);
    fake.paymentRetried(payment, later(5));
    hear();

    assertThat(fake.status(payment)).isEqualTo("cancelled");
    assertThat(fake.status(second)).isEqualTo("submitted");
    assertThat(debits()).containsExactly("submitted");
    assertThat(world.parked()).isEmpty();
  }

  /// GoCardless was asked before, and tells of it just as the other payment is made.
  @Test
  void callsItsOwnPaymentOffWhereGoCardlessTriesAgainInTheSameMoment() {
    failed();
    fake.duringTheNextPayment(
        () -> {
          fake.paymentRetried(payment, later(5));
          world.hear();
        });
    for (int day = 0; day < 8 && fake.count("payments") == 1; day++) world.run();

    assertThat(fake.status(world.newestPayment(mandate))).isEqualTo("cancelled");
    assertThat(fake.status(payment)).isEqualTo("pending_submission");
    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactlyInAnyOrder("01 submitted", "18 cancelled");
    hear();
    assertThat(debits()).containsExactly("submitted");
    assertThat(world.parked()).isEmpty();
  }

  /// The server was killed when it had made its payment and not kept that.
  @Test
  void callsOffWhatItMadeBeforeItWasKilled() {
    failed();
    rails.world.execute(
        """
        create function die() returns trigger language plpgsql as
        $$ begin raise exception 'killed'; end $$
        """);
    rails.world.execute(
        "create trigger die before update on attempt for each row"
            + " when (new.provider_ref is distinct from old.provider_ref) execute function die()");
    for (int day = 0; day < 8 && fake.count("payments") == 1; day++) {
      world.seal();
      try {
        world.deliver();
      } catch (RuntimeException killed) {
        assertThat(killed).hasStackTraceContaining("killed");
      }
    }
    assertThat(fake.count("payments")).isEqualTo(2);
    fake.paymentRetried(payment, later(5));
    hear();
    rails.world.execute("drop trigger die on attempt");
    world.deliver();

    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactlyInAnyOrder("01 submitted", "18 cancelled");
    assertThat(fake.status(world.newestPayment(mandate))).isEqualTo("cancelled");
    assertThat(fake.status(payment)).isEqualTo("pending_submission");
    assertThat(debits()).containsExactly("submitted");
  }

  /// Nothing is lost of either, and a person is told once.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsAPersonOfTwoPaymentsThatCannotBeCalledOff(boolean secondIsPaid) {
    var second = retriedHere();
    fake.paymentSubmitted(second);
    fake.paymentRetried(payment, later(5));
    fake.paymentSubmitted(payment);
    hear();
    assertThat(world.parked())
        .containsExactly("The payer may be debited twice. Take one back, or give the money back.");
    assertThat(rails.owners("select words from advice where event is null and status = 'parked'"))
        .containsExactly(
            "GoCardless has more than one payment of the same debit: %s and %s."
                .formatted(payment, second));

    fake.paymentConfirmed(payment);
    hear();
    assertThat(debits()).containsExactly("collected");
    if (secondIsPaid) {
      fake.paymentConfirmed(second);
      fake.paymentPaidOut(second);
    } else {
      fake.paymentFailed(second, "refer_to_payer", "ARUDD-0");
    }
    hear();
    pass(8);

    assertThat(debits()).containsExactly(secondIsPaid ? "settled" : "collected");
    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactlyInAnyOrder("01 collected", secondIsPaid ? "18 settled" : "18 failed");
    assertThat(fake.count("payments")).isEqualTo(2);
    assertThat(world.parked()).hasSize(1);
  }

  @Test
  void goesOnWithTheOtherPaymentWhereOneOfTwoComesBack() {
    var second = retriedHere();
    fake.paymentSubmitted(second);
    fake.paymentRetried(payment, later(5));
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    hear();

    fake.paymentFailedLate(payment, "refer_to_payer", "ARUDD-0");
    hear();
    assertThat(debits()).containsExactly("submitted");
    fake.paymentFailed(second, "refer_to_payer", "ARUDD-0");
    hear();
    assertThat(debits()).containsExactly("failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEW-1", "ARUDD-Z", "INT_ERR"})
  void failsADebitForAReasonThatNobodyCanTellAndTellsAPerson(String code) {
    fake.paymentSubmitted(payment);
    fake.paymentFailed(payment, "something_new", code);
    hear();
    pass(8);

    assertThat(debits()).containsExactly("failed");
    assertThat(fake.count("payments")).isEqualTo(1);
    assertThat(world.parked()).containsExactly("It was taken in, and not all of it is clear.");
    assertThat(rails.status(world.workspace, mandate)).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void presentsNothingUnderABlockedMandateUntilItIsLodgedAnew(boolean wasActive) {
    var blocked = wasActive ? world.activeMandate("FLAT13-RENT") : world.mandate("FLAT13-RENT");
    if (!wasActive) world.run();
    var ref = world.mandateRef(blocked);
    rails.debit(world.workspace, blocked, world.entryDay(), 75_000);
    int before = fake.count("payments");
    fake.mandateBlocked(ref);
    hear();
    pass(3);

    assertThat(rails.status(world.workspace, blocked))
        .isEqualTo("cancelled The payment provider has blocked the mandate.");
    assertThat(fake.count("payments")).isEqualTo(before);
    assertThat(world.parked()).isEmpty();

    world.workspace.call("mandates.reactivate", "{'id': '%s'}".formatted(blocked)).value();
    world.run();
    assertThat(world.mandateRef(blocked)).isNotEqualTo(ref);
  }

  @Test
  void showsNoAccountThatThePayerHasLeft() {
    assertThat(last4()).isEqualTo("5678");
    fake.mandateTransferred(world.mandateRef(mandate));
    hear();
    assertThat(last4()).isEmpty();
    assertThat(rails.column(world.workspace, TOLD, mandate)).contains("mandate.transferred");
    assertThat(rails.status(world.workspace, mandate)).isEqualTo("active");

    fake.mandateCancelledAtBank(world.mandateRef(mandate), "bank_account_closed", "ADDACS-0");
    hear();
    assertThat(
            world
                .workspace
                .call("mandates.get", "{'id': '%s'}".formatted(mandate))
                .value()
                .path("allowedActions")
                .toString())
        .doesNotContain("reactivate");
    var refused = world.workspace.call("mandates.reactivate", "{'id': '%s'}".formatted(mandate));
    assertThat(refused.reason()).isEqualTo("mandate_not_reactivatable");
  }

  private static final String TOLD =
      "select type from event where workspace_id = :workspace and subject_id = :mandate";

  private String last4() {
    return world
        .workspace
        .call("mandates.get", "{'id': '%s'}".formatted(mandate))
        .value()
        .at("/bankAccount/last4")
        .asText();
  }

  private void failed() {
    fake.paymentSubmitted(payment);
    fake.paymentFailed(payment, "refer_to_payer", "ARUDD-0");
    hear();
  }

  /// This server has presented it again.
  private ResourceId retriedHere() {
    failed();
    for (int day = 0; day < 8 && fake.count("payments") == 1; day++) world.run();
    hear();
    return world.newestPayment(mandate);
  }

  /// Each word is newer than those before.
  private void hear() {
    world.hear();
    rails.world.advance(Duration.ofMinutes(1));
  }

  private void pass(int days) {
    for (int day = 0; day < days; day++) world.run();
  }

  private LocalDate later(int days) {
    return GoCardlessWorld.CALENDAR.plus(London.dateOf(rails.world.instant()), days);
  }

  private Webhook fails(String retry) {
    return word(
        "failed",
        "'origin': 'bank', 'cause': 'refer_to_payer', 'reason_code': 'ARUDD-0', " + retry);
  }

  private Webhook word(String action) {
    return word(
        action, "'origin': 'bank', 'cause': 'authorisation_disputed', 'reason_code': 'DDICA-1'");
  }

  private int words;

  private Webhook word(String action, String details) {
    return GoCardlessFake.sign(
        """
        {"events": [{"id": "EV-own-%d", "created_at": "%s", "resource_type": "payments",
                     "action": "%s", "details": {%s}, "links": {"payment": "%s"}}]}
        """
            .formatted(
                ++words, rails.world.instant(), action, details.replace('\'', '"'), payment));
  }

  private List<String> debits() {
    return rails.debits(world.workspace, mandate);
  }

  private List<String> entryDays() {
    return column("entry_on::text");
  }

  private List<String> column(String what) {
    return rails.column(
        world.workspace,
        "select "
            + what
            + " from collection where workspace_id = :workspace and mandate_id = :mandate",
        mandate);
  }
}
