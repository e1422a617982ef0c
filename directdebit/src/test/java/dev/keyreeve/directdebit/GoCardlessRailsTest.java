package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.keyreeve.directdebit.TestDirectDebit.Answer;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Fault;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Received;
import dev.keyreeve.directdebit.rail.gocardless.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the service does with a GoCardless that is played over HTTP: from a mandate that waits for
/// the run to a claim that is withdrawn.
class GoCardlessRailsTest {
  private final GoCardlessWorld world = new GoCardlessWorld();
  private final TestRails rails = world.rails;
  private final GoCardlessFake fake = world.fake;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void lodgesAMandatePresentsItsDebitAndHearsThatItIsPaidOut() {
    var mandate = world.mandate("FLAT12-RENT");
    world.run();
    assertThat(status(mandate)).isEqualTo("submitted");
    assertThat(world.submissions()).containsExactly("sent");

    fake.mandateActivated(world.mandateRef(mandate));
    world.hear();
    assertThat(status(mandate)).isEqualTo("active");
    assertThat(column("select status from instruction", mandate)).containsExactly("accepted");

    var entryDay = world.entryDay();
    var payment = world.payment(mandate);
    var made = fake.resource(payment);
    assertThat(made.path("amount").asLong()).isEqualTo(75_000);
    assertThat(made.path("charge_date").asText()).isEqualTo(entryDay.toString());
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("submitted");

    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("collected");
    fake.paymentPaidOut(payment);
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("settled");
    assertThat(rails.attempts(world.workspace, mandate)).containsExactly("01 settled");
    assertThat(world.parked()).isEmpty();
    assertThat(world.submissions()).containsExactly("sent", "sent");
  }

  /// However many days pass, only GoCardless says what became of a debit.
  @Test
  void takesSilenceForNoAnswer() {
    var mandate = world.activeMandate("FLAT12-RENT");
    world.payment(mandate);

    for (int day = 0; day < 10; day++) world.seal();

    assertThat(rails.debits(world.workspace, mandate)).containsExactly("submitted");
  }

  @Test
  void presentsAReturnedDebitAgainAsAPaymentOfItsOwn() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var first = world.payment(mandate);
    fake.paymentSubmitted(first);
    fake.paymentFailed(first, "refer_to_payer", "ARUDD-0");
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("retrying");

    for (int day = 0; day < 5; day++) world.run();
    var second = world.newestPayment(mandate);

    assertThat(second).isNotEqualTo(first);
    assertThat(fake.count("payments")).isEqualTo(2);
    assertThat(rails.attempts(world.workspace, mandate))
        .containsExactly("01 failed", "18 submitted");
    var keys = posts("/payments").stream().map(Received::key).distinct().toList();
    assertThat(keys).hasSize(2);
  }

  @Test
  void leavesTheRetryToGoCardlessWhereItSaysThatItWill() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = world.payment(mandate);
    fake.paymentSubmitted(payment);
    fake.paymentFailed(payment, "refer_to_payer", "ARUDD-0");
    var told =
        fake.nextWebhook()
            .body()
            .replace("\"will_attempt_retry\":false", "\"will_attempt_retry\":true");

    world.receive(GoCardlessFake.sign(told)).value();

    assertThat(rails.debits(world.workspace, mandate)).containsExactly("retrying");
  }

  @Test
  void takesAFailureThatComesAfterTheMoney() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = paidOut(mandate);
    fake.paymentFailedLate(payment, "bank_account_closed", "ARUDD-B");
    world.hear();

    assertThat(rails.debits(world.workspace, mandate)).containsExactly("failed");
    assertThat(column("select late::text from attempt", mandate)).containsExactly("true");
  }

  @Test
  void takesAClaimItsWithdrawalAndAnotherClaimOfTheSameDebit() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = paidOut(mandate);
    fake.paymentChargedBack(payment, "authorisation_disputed", "DDICA-1");
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("clawed_back");
    assertThat(world.claims(mandate)).containsExactly("received");

    fake.chargebackCancelled(payment);
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("settled");
    assertThat(world.claims(mandate)).containsExactly("withdrawn");

    fake.paymentChargedBack(payment, "authorisation_disputed", "DDICA-1");
    fake.chargebackSettled(payment);
    rails.world.advance(Duration.ofMinutes(1));
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("clawed_back");
    assertThat(world.claims(mandate)).containsExactly("withdrawn", "settled");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void endsAMandateThatItsPayerHasCancelledWithTheBank() {
    var mandate = world.activeMandate("FLAT12-RENT");
    world.payment(mandate);
    fake.mandateCancelledAtBank(world.mandateRef(mandate), "mandate_cancelled", "ADDACS-1");
    world.hear();

    assertThat(status(mandate)).startsWith("cancelled");
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("cancelled");
    assertThat(world.parked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADDACS-1", "MD01"})
  void collectsOnUnderAMandateThatItsPayerHasReinstatedAtTheBank(String code) {
    var mandate = world.activeMandate("FLAT12-RENT");
    fake.mandateCancelledAtBank(world.mandateRef(mandate), "mandate_cancelled", code);
    world.hear();
    rails.world.advance(Duration.ofDays(40));

    fake.mandateReinstatedByBank(world.mandateRef(mandate));
    world.hear();

    assertThat(status(mandate)).isEqualTo("active");
    assertThat(column("select status from instruction", mandate)).containsExactly("accepted");
    assertThat(fake.resource(world.payment(mandate)).path("amount").asLong()).isEqualTo(75_000);
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void collectsOnUnderAMandateThatWasTakenToBeDormant() {
    var mandate = world.activeMandate("FLAT12-RENT");
    fake.mandateExpired(world.mandateRef(mandate));
    world.hear();
    assertThat(status(mandate)).isEqualTo("expired");

    fake.mandateReinstatedByBank(world.mandateRef(mandate));
    world.hear();

    assertThat(status(mandate)).isEqualTo("active");
    assertThat(world.parked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bank_account_closed, ADDACS-B, 1, cancelled ADDACS-B",
    "refer_to_payer, ADDACS-0, 1, cancelled ADDACS-0",
    "mandate_cancelled, ADDACS-1, 63, cancelled ADDACS-1",
  })
  void leavesAReinstatementToAPersonThatIsNotThePayersOwnOrTooLate(
      String cause, String code, int days, String stays) {
    var mandate = world.activeMandate("FLAT12-RENT");
    fake.mandateCancelledAtBank(world.mandateRef(mandate), cause, code);
    world.hear();
    rails.world.advance(Duration.ofDays(days));

    fake.mandateReinstatedByBank(world.mandateRef(mandate));
    world.hear();

    assertThat(status(mandate)).isEqualTo(stays);
    assertThat(world.parked())
        .singleElement(STRING)
        .startsWith("The bank has reinstated an instruction ");

    assertThat(assign(world.mandate("FLAT13-RENT")).reason()).isEqualTo("provider_advice");
    assertThat(assign(mandate).value().path("status").asText()).isEqualTo("applied");
    assertThat(status(mandate)).isEqualTo("active");
  }

  @Test
  void leavesAMandateEndedThatTheCollectorHadEndedWhateverTheBankAndAPersonSay() {
    var mandate = world.activeMandate("FLAT12-RENT");
    world.workspace.call("mandates.cancel", "{'id': '%s'}".formatted(mandate)).value();
    fake.mandateCancelledAtBank(world.mandateRef(mandate), "mandate_cancelled", "ADDACS-1");
    fake.mandateReinstatedByBank(world.mandateRef(mandate));
    world.hear();

    assertThat(world.parked()).singleElement(STRING).endsWith("which the collector had ended.");
    assertThat(assign(mandate).reason()).isEqualTo("provider_advice");
    assertThat(status(mandate)).startsWith("cancelled");
  }

  /// Has a person do to a mandate what waits.
  private Answer assign(String mandate) {
    var key = rails.owners("select key from advice where status = 'parked'").getFirst();
    return world.operate(
        "advices.assign",
        "{'key': '%s', 'mandate_id': '%s', 'workspace_id': '%s'}"
            .formatted(key, mandate, world.workspace.id()));
  }

  @Test
  void theNewestOfACancellationAndAReinstatementHoldsInWhateverOrderTheyCome() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var ref = world.mandateRef(mandate);
    fake.mandateCancelledAtBank(ref, "mandate_cancelled", "ADDACS-1");
    var cancelled = fake.nextWebhook();
    rails.world.advance(Duration.ofDays(1));
    fake.mandateReinstatedByBank(ref);
    world.hear();

    world.receive(cancelled).value();

    assertThat(status(mandate)).isEqualTo("active");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void failsAMandateThatTheBankDoesNotLodge() {
    var mandate = world.mandate("FLAT12-RENT");
    world.run();
    fake.mandateSubmitted(world.mandateRef(mandate));
    fake.mandateFailed(world.mandateRef(mandate), "invalid_bank_details", "AUDDIS-5");
    world.hear();

    assertThat(status(mandate)).startsWith("failed");
    assertThat(column("select status || ' ' || reason from instruction", mandate))
        .containsExactly("returned AUDDIS-5");
  }

  @Test
  void followsAMandateToAnotherBankAndToAnotherName() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var ref = world.mandateRef(mandate);
    fake.mandateTransferred(ref);
    var replacement = fake.mandateReplaced(ref);
    world.hear();

    assertThat(status(mandate)).isEqualTo("active");
    assertThat(world.mandateRef(mandate)).isEqualTo(replacement);
    var payment = world.payment(mandate);
    assertThat(fake.resource(payment).at("/links/mandate").asText()).isEqualTo(replacement.text());
  }

  @Test
  void cancelsAMandateAtGoCardlessAndLodgesAnotherForTheSamePayer() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var first = world.mandateRef(mandate);
    world
        .workspace
        .call("mandates.cancel", "{'id': '%s', 'reason': 'Moved out'}".formatted(mandate))
        .value();
    world.run();
    assertThat(fake.status(first)).isEqualTo("cancelled");
    world.hear();
    assertThat(world.parked()).isEmpty();

    world
        .workspace
        .call(
            "mandates.reactivate",
            """
            {'id': '%s', 'payerConsent': {'channel': 'paper', 'agreedAt': '2026-07-01T09:00:00Z'}}
            """
                .formatted(mandate))
        .value();
    world.run();
    var second = world.mandateRef(mandate);
    assertThat(second).isNotEqualTo(first);
    fake.mandateActivated(second);
    world.hear();
    assertThat(status(mandate)).isEqualTo("active");
    assertThat(fake.status(first)).isEqualTo("cancelled");
  }

  @Test
  void asksForTheSameThingsAgainAfterItWasKilledBetweenCallAndCommit() {
    var mandate = world.mandate("FLAT12-RENT");
    world.seal();
    killed("instruction");
    assertThatThrownBy(world::deliver).hasStackTraceContaining("killed");
    assertThat(fake.count("mandates")).isEqualTo(1);
    assertThat(world.submissions()).containsExactly("sealed");
    revived("instruction");
    world.deliver();
    assertThat(world.submissions()).containsExactly("sent");
    assertThat(List.of("customers", "customer_bank_accounts", "mandates"))
        .allSatisfy(kind -> assertThat(fake.count(kind)).as(kind).isEqualTo(1));
    var instruction = column("select id from instruction", mandate).getFirst();
    assertThat(posts("/mandates").stream().map(Received::key))
        .containsExactly(instruction + ":mandate", instruction + ":mandate");
    fake.mandateActivated(world.mandateRef(mandate));
    world.hear();

    rails.debit(world.workspace, mandate, world.entryDay(), 75_000);
    world.seal();
    killed("attempt");
    assertThatThrownBy(world::deliver).hasStackTraceContaining("killed");
    revived("attempt");
    world.deliver();

    assertThat(fake.count("payments")).isEqualTo(1);
    var attempt = column("select id from attempt", mandate).getFirst();
    assertThat(posts("/payments").stream().map(Received::key)).containsExactly(attempt, attempt);
  }

  @Test
  void makesEverythingOnceWhereTwoServersSendTheSame() {
    var mandates =
        IntStream.range(0, 5)
            .mapToObj(i -> world.mandate("FLAT%d-RENT".formatted(10 + i)))
            .toList();
    world.seal();
    var id = rails.owners("select id from submission").getFirst();
    var servers = List.of(rails.rails, rails.another());

    TestDirectDebit.atOnce(
        2,
        server -> {
          servers.get(server).deliveries().deliver(id, rails.world);
          return server;
        });

    assertThat(fake.count("mandates")).isEqualTo(5);
    assertThat(mandates.stream().map(world::mandateRef)).doesNotHaveDuplicates();
    assertThat(world.submissions()).containsExactly("sent");
  }

  @Test
  void waitsForAGoCardlessThatFailsAndSaysSo() {
    var mandate = world.mandate("FLAT12-RENT");
    world.seal();
    fake.fail(
        Fault.limited(Map.of("Retry-After", "0")), new Fault.Cut(true), Fault.doneButStatus(500));
    world.deliver();
    assertThat(world.submissions()).containsExactly("sealed");
    assertThat(world.account().path("trouble").asText()).contains("GoCardless failed (500)");
    assertThat(status(mandate)).isEqualTo("submitted");

    int asked = fake.received().size();
    world.deliver();
    assertThat(fake.received()).as("while it rests").hasSize(asked);

    rails.world.advance(Duration.ofSeconds(31));
    world.deliver();
    assertThat(world.submissions()).containsExactly("sent");
    assertThat(world.account().has("trouble")).isFalse();
    assertThat(fake.count("customers")).isEqualTo(1);
    assertThat(fake.count("mandates")).isEqualTo(1);
  }

  @Test
  void endsNothingWhileItsTokenIsRefused() {
    var mandate = world.mandate("FLAT12-RENT");
    setToken("sandbox_of-somebody-else");
    world.run();
    assertThat(status(mandate)).isEqualTo("submitted");
    assertThat(world.account().path("trouble").asText())
        .contains("(401)", "access_token_not_found");
    assertThat(world.parked()).isEmpty();

    setToken(GoCardlessFake.TOKEN);
    assertThat(world.account().has("trouble")).isFalse();
    rails.world.advance(Duration.ofSeconds(31));
    world.deliver();
    assertThat(world.submissions()).containsExactly("sent");
  }

  @Test
  void leavesWhatGoCardlessRefusesToAPerson() {
    var refusal =
        """
        {"error": {"type": "validation_failed", "code": 422, "errors": [
          {"field": "branch_code", "message": "is not a branch of 12345678"}]}}
        """;
    var refused = world.mandate("FLAT12-RENT");
    world.seal();
    fake.fail(Fault.body(422, refusal));
    world.deliver();
    assertThat(status(refused)).startsWith("cancelled");
    assertThat(world.submissions()).containsExactly("sent");

    var mandate = world.activeMandate("FLAT13-RENT");
    fake.fail(Fault.body(422, refusal));
    rails.debit(world.workspace, mandate, world.entryDay(), 75_000);
    world.run();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("failed");
    assertThat(rails.attempts(world.workspace, mandate)).containsExactly("01 rejected");

    assertThat(world.parked())
        .containsExactly("GoCardless has not taken it in.", "GoCardless has not taken it in.");
    assertThat(rails.owners("select words from advice where status = 'parked'"))
        .allSatisfy(
            words ->
                assertThat(words)
                    .contains("branch_code is not a branch")
                    .doesNotContain("12345678"));
  }

  @Test
  void believesNobodyWhoDoesNotSign() {
    var mandate = world.mandate("FLAT12-RENT");
    world.run();
    fake.mandateActivated(world.mandateRef(mandate));
    var webhook = fake.nextWebhook();

    assertThat(world.receive(world.serviceUser, webhook.body() + " ", webhook.signature()).reason())
        .isEqualTo("invalid_signature");
    assertThat(world.receive(world.serviceUser, webhook.body(), "00").reason())
        .isEqualTo("invalid_signature");
    assertThat(world.receive("sun_none", webhook.body(), webhook.signature()).reason())
        .isEqualTo("invalid_signature");
    assertThat(world.receive(GoCardlessFake.sign("[]")).reason()).isEqualTo("unreadable_webhook");
    assertThat(status(mandate)).isEqualTo("submitted");
    assertThat(rails.owners("select key from advice")).isEmpty();
  }

  @Test
  void takesTheOlderSecretUntilItIsForgotten() {
    set("'webhook_secret': 'another-secret'");
    var webhook = GoCardlessFake.sign("{\"events\": []}");
    assertThat(world.account().path("webhook_secrets").asInt()).isEqualTo(2);
    assertThat(world.receive(webhook).value().path("applied").asInt()).isZero();

    set("'forget_older_secret': true");
    assertThat(world.receive(webhook).reason()).isEqualTo("invalid_signature");
  }

  @Test
  void doesWhatIsToldTwiceOnce() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = paidOut(mandate);
    fake.paymentChargedBack(payment, "authorisation_disputed", "DDICA-1");
    var webhook = fake.nextWebhook();

    assertThat(world.receive(webhook).value().path("applied").asInt()).isEqualTo(1);
    var again = world.receive(webhook).value();
    world.poll();
    world.poll();

    assertThat(again.path("applied").asInt()).isZero();
    assertThat(again.path("repeated").asInt()).isEqualTo(1);
    assertThat(world.claims(mandate)).hasSize(1);
  }

  @Test
  void understandsEventsThatComeInTheWrongOrder() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = world.payment(mandate);
    world.hear();
    fake.paymentSubmitted(payment);
    var submitted = fake.nextWebhook();
    rails.world.advance(Duration.ofMinutes(1));
    fake.paymentConfirmed(payment);
    var confirmed = fake.nextWebhook();
    rails.world.advance(Duration.ofMinutes(1));
    fake.paymentPaidOut(payment);
    var paidOut = fake.nextWebhook();
    rails.world.advance(Duration.ofMinutes(1));
    fake.paymentFailedLate(payment, "bank_account_closed", "ARUDD-B");
    var failed = fake.nextWebhook();

    world.receive(paidOut).value();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("settled");
    world.receive(confirmed).value();
    world.receive(failed).value();
    world.receive(submitted).value();

    assertThat(rails.debits(world.workspace, mandate)).containsExactly("failed");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void triesAgainWhatCameBeforeTheAnswerToItsCall() {
    var mandate = world.mandate("FLAT12-RENT");
    world.seal();
    killed("instruction");
    assertThatThrownBy(world::deliver).hasStackTraceContaining("killed");
    fake.mandateActivated(new ResourceId("MD000003"));
    world.hear();
    assertThat(status(mandate)).isEqualTo("submitted");
    assertThat(world.parked()).hasSize(2);

    revived("instruction");
    world.deliver();
    world.poll();

    assertThat(status(mandate)).isEqualTo("active");
    assertThat(world.parked()).isEmpty();
  }

  @Test
  void readsWhatNoWebhookHasToldAndGoesOnFromThere() {
    world.poll();
    var mandate = world.mandate("FLAT12-RENT");
    world.run();
    fake.mandateActivated(world.mandateRef(mandate));
    world.poll();
    assertThat(status(mandate)).isEqualTo("active");

    var events = fake.eventIds();
    assertThat(rails.owners("select event_cursor from gocardless_account"))
        .containsExactly(events.getLast());
    assertThat(world.hear().path("repeated").asInt()).isEqualTo(events.size());
  }

  @Test
  void appliesNobodyElsesEvents() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var stranger = rails.world.liveWorkspace("Other Lettings");
    var strangers = world.collects(stranger);
    var ref = world.mandateRef(mandate);
    fake.mandateCancelledAtBank(ref, "mandate_cancelled", "ADDACS-1");
    var webhook = fake.nextWebhook();

    var taken = world.receive(strangers, webhook.body(), webhook.signature()).value();

    assertThat(taken.path("parked").asInt()).isEqualTo(1);
    assertThat(status(mandate)).isEqualTo("active");
    world.receive(webhook).value();
    assertThat(status(mandate)).startsWith("cancelled");
  }

  @Test
  void comparesWhatIsHereWithWhatIsThere() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = world.payment(mandate);
    assertThat(differences()).isEmpty();

    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    assertThat(differences()).containsExactly("payment " + payment + " submitted confirmed");
    world.hear();
    assertThat(differences()).isEmpty();
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("collected");
  }

  @Test
  void keepsItsTokenAndSecretsSealedAndToItself() {
    world.activeMandate("FLAT12-RENT");
    set("'webhook_secret': 'another-secret'");

    assertThat(rails.world.everythingStored())
        .doesNotContain(GoCardlessFake.TOKEN, GoCardlessFake.WEBHOOK_SECRET, "another-secret");
    assertThat(world.account().toString())
        .doesNotContain(GoCardlessFake.TOKEN, GoCardlessFake.WEBHOOK_SECRET, "another-secret");
    assertThat(world.operate("serviceUsers.list", "{}").value().toString())
        .contains(world.serviceUser)
        .doesNotContain(GoCardlessFake.TOKEN);
  }

  @Test
  void takesNoSubmissionBackThatIsSentItemByItem() {
    world.mandate("FLAT12-RENT");
    world.seal();
    var id = rails.owners("select id from submission").getFirst();

    assertThat(
            rails
                .operate(world.workspace, "submissions.withdraw", "{'id': '%s'}".formatted(id))
                .reason())
        .isEqualTo("no_file");
  }

  @Test
  void takesADebitBackThatGoCardlessHasNotPresented() {
    var mandate = world.activeMandate("FLAT12-RENT");
    var payment = world.payment(mandate);
    fake.fail(Fault.status(503), Fault.status(503), Fault.status(503));
    assertThat(withdraw(mandate).reason()).isEqualTo("provider_unavailable");

    withdraw(mandate).value();

    assertThat(fake.status(payment)).isEqualTo("cancelled");
    assertThat(rails.debits(world.workspace, mandate)).containsExactly("cancelled");
    world.hear();
    assertThat(world.parked()).isEmpty();
    assertThat(withdraw(mandate).reason()).isEqualTo("not_with_provider");

    var other = world.activeMandate("FLAT13-RENT");
    fake.paymentSubmitted(world.payment(other));
    assertThat(withdraw(other).reason()).isEqualTo("already_presented");
    assertThat(rails.debits(world.workspace, other)).containsExactly("submitted");
  }

  private TestDirectDebit.Answer withdraw(String mandate) {
    var collection = column("select id from collection", mandate).getFirst();
    return rails.operate(
        world.workspace, "collections.withdraw", "{'id': '%s'}".formatted(collection));
  }

  private ResourceId paidOut(String mandate) {
    var payment = world.payment(mandate);
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    fake.paymentPaidOut(payment);
    rails.world.advance(Duration.ofMinutes(1));
    world.hear();
    assertThat(rails.debits(world.workspace, mandate)).contains("settled");
    return payment;
  }

  private List<String> differences() {
    var compared =
        world
            .operate("serviceUsers.compareGoCardless", "{'id': '%s'}".formatted(world.serviceUser))
            .value();
    assertThat(compared.path("whole").asBoolean()).isTrue();
    return compared
        .path("differences")
        .valueStream()
        .map(
            each ->
                each.path("kind").asText()
                    + " "
                    + each.path("reference").asText()
                    + " "
                    + each.path("here").asText()
                    + " "
                    + each.path("there").asText())
        .toList();
  }

  private void setToken(String token) {
    set("'access_token': '%s'".formatted(token));
  }

  private void set(String field) {
    world
        .operate(
            "serviceUsers.setGoCardless", "{'id': '%s', %s}".formatted(world.serviceUser, field))
        .value();
  }

  private String status(String mandate) {
    return rails.status(world.workspace, mandate);
  }

  private List<String> column(String select, String mandate) {
    return rails.column(
        world.workspace,
        select + " where workspace_id = :workspace and mandate_id = :mandate order by id",
        mandate);
  }

  private List<Received> posts(String path) {
    return fake.received().stream()
        .filter(each -> each.method().equals("POST") && each.path().equals(path))
        .toList();
  }

  /// From here on, no result of a call can be kept.
  private void killed(String table) {
    rails.world.execute(
        """
        create function die() returns trigger language plpgsql as
        $$ begin raise exception 'killed'; end $$
        """);
    rails.world.execute(
        "create trigger die before update on "
            + table
            + " for each row when (new.provider_ref is not null) execute function die()");
  }

  private void revived(String table) {
    rails.world.execute("drop trigger die on " + table);
    rails.world.execute("drop function die()");
  }
}
