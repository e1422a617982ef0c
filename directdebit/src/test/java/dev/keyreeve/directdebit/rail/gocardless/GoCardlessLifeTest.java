package dev.keyreeve.directdebit.rail.gocardless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimRaised;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.ClaimWithdrawn;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitCollected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitResubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitReturned;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSettled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DebitSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.DormancyReached;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionAccepted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionCancelled;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionMoved;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionReinstated;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionRejected;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionSubmitted;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent.InstructionWithdrawn;
import dev.keyreeve.directdebit.mandate.payer.Contact;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessWebhook.Delivery;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteCompleted;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.InviteViewed;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.MandateReplaced;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfMandate;
import dev.keyreeve.directdebit.rail.gocardless.Meaning.OfPayment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whole lives of mandates and payments, from the calls that begin them to the webhooks that tell
/// of them.
class GoCardlessLifeTest {

  private static final Instant NOW = Instant.parse("2026-04-14T09:34:30Z");

  private GoCardlessFake fake;
  private GoCardlessClient client;
  private ResourceId mandate;
  private int keys;

  @BeforeEach
  void open() {
    fake = new GoCardlessFake(InstantSource.fixed(NOW));
    client =
        new GoCardlessClient(
            fake.address(),
            AccessToken.parse(GoCardlessFake.TOKEN),
            Duration.ofSeconds(20),
            new Retries(1, Duration.ofMillis(1), Duration.ofMillis(1)),
            InstantSource.fixed(NOW),
            new Random(1),
            _ -> {});
    mandate = newMandate();
  }

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  @Test
  void aDebitIsCollectedSettledClaimedBackAndTheClaimWithdrawn() {
    fake.mandateActivated(mandate);
    var payment = newPayment();
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    fake.paymentPaidOut(payment);
    fake.paymentChargedBack(payment, "authorisation_disputed", "DDICA-4");
    fake.chargebackCancelled(payment);

    assertThat(schemeEvents())
        .containsExactly(
            new InstructionSubmitted(),
            new InstructionAccepted(),
            new DebitSubmitted(),
            new DebitCollected(),
            new DebitSettled(),
            new ClaimRaised(DdicReason.CANCELLED_WITH_COLLECTOR),
            new ClaimWithdrawn(null));
    assertThat(status(payment)).isEqualTo(new Word.Known<>(GoCardlessPayment.Status.PAID_OUT));
  }

  @Test
  void aSettledClaimIsToldAsSuch() {
    var payment = confirmedPayment();
    fake.paymentChargedBack(payment, "authorisation_disputed", "DDICA-1");
    fake.chargebackSettled(payment);

    assertThat(schemeEvents())
        .endsWith(new ClaimRaised(DdicReason.AMOUNT_OR_DATE_DIFFERS), new ClaimSettled());
  }

  @Test
  void aFailureMayComeAfterTheMoney() {
    var payment = confirmedPayment();
    fake.paymentPaidOut(payment);
    fake.paymentFailedLate(payment, "refer_to_payer", "ARUDD-0");
    fake.lateFailureSettled(payment);

    assertThat(schemeEvents())
        .endsWith(new DebitSettled(), new DebitReturned(AruddReason.REFER_TO_PAYER));
  }

  @Test
  void aFailedDebitThatIsPresentedAgainIsTheSamePayment() {
    var payment = newPayment();
    fake.paymentSubmitted(payment);
    fake.paymentFailed(payment, "refer_to_payer", "ARUDD-0");
    fake.paymentRetried(payment);
    fake.paymentSubmitted(payment);

    assertThat(schemeEvents())
        .containsExactly(
            new DebitSubmitted(),
            new DebitReturned(AruddReason.REFER_TO_PAYER),
            new DebitResubmitted(null),
            new DebitSubmitted());
  }

  @Test
  void whatIsNotSubmittedEndsWithItsMandateAndSaysSo() {
    fake.mandateActivated(mandate);
    var payment = newPayment();
    fake.nextWebhook();

    fake.mandateCancelledAtBank(mandate, "mandate_cancelled", "ADDACS-1");

    var ids = fake.eventIds();
    assertThat(meanings())
        .containsExactly(
            new OfMandate(
                new ResourceId(ids.get(ids.size() - 2)),
                NOW,
                mandate,
                new InstructionCancelled(AddacsReason.CANCELLED_BY_PAYER)),
            new OfPayment(
                new ResourceId(ids.getLast()),
                NOW,
                payment,
                new DebitCancelled(),
                false,
                new ResourceId(ids.get(ids.size() - 2))));
  }

  @Test
  void aBankMayRefuseAnInstructionOrBringOneBack() {
    var refused = newMandate();
    fake.mandateSubmitted(refused);
    fake.mandateFailed(refused, "direct_debit_not_enabled", "AUDDIS-F");
    fake.mandateActivated(mandate);
    fake.mandateCancelledAtBank(mandate, "mandate_cancelled", "ADDACS-0");
    fake.mandateReinstatedByBank(mandate);
    fake.mandateExpired(mandate);

    assertThat(schemeEvents())
        .containsExactly(
            new InstructionSubmitted(),
            new InstructionRejected(AuddisReason.INVALID_ACCOUNT_TYPE),
            new InstructionSubmitted(),
            new InstructionAccepted(),
            new InstructionCancelled(AddacsReason.REFER_TO_PAYER),
            new InstructionReinstated(),
            new DormancyReached());
  }

  @Test
  void aMandateThatTheCollectorBringsBackIsLodgedAnew() {
    fake.mandateActivated(mandate);
    done(client.cancelMandate(mandate));
    fake.mandateResubmitted(mandate);
    fake.mandateSubmitted(mandate);
    fake.mandateReinstated(mandate);

    assertThat(schemeEvents())
        .containsExactly(
            new InstructionSubmitted(),
            new InstructionAccepted(),
            new InstructionWithdrawn(),
            new InstructionSubmitted(),
            new InstructionAccepted());
  }

  @Test
  void aMandateFollowsItsPayerToAnotherBankAndItsCollectorToAnotherNumber() {
    fake.mandateActivated(mandate);
    fake.nextWebhook();

    fake.mandateTransferred(mandate);
    var replacement = fake.mandateReplaced(mandate);

    var moved = meanings();
    assertThat(moved.getFirst())
        .isInstanceOfSatisfying(
            OfMandate.class, it -> assertThat(it.event()).isEqualTo(new InstructionMoved()));
    assertThat(moved.getLast())
        .isInstanceOfSatisfying(
            MandateReplaced.class,
            it -> {
              assertThat(it.mandate()).isEqualTo(mandate);
              assertThat(it.replacedBy()).isEqualTo(replacement);
            });
  }

  @Test
  void aPayerWhoCompletesAnInviteGivesAMandate() {
    var request = fake.billingRequestCreated();
    fake.flowVisited(request);
    var given = fake.billingRequestFulfilled(request);

    var told = meanings().stream().filter(meaning -> !(meaning instanceof Meaning.Irrelevant));
    assertThat(told)
        .satisfiesExactly(
            viewed ->
                assertThat(viewed).isEqualTo(new InviteViewed(viewed.eventId(), NOW, request)),
            completed ->
                assertThat(completed)
                    .isEqualTo(new InviteCompleted(completed.eventId(), NOW, request, given)));
  }

  @Test
  void aSignedWebhookArrivesOverHttp() throws IOException, InterruptedException {
    var secrets = List.of(WebhookSecret.parse(GoCardlessFake.WEBHOOK_SECRET));
    var arrived = new ArrayBlockingQueue<GoCardlessWebhook.Parsed>(1);
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/webhook",
        exchange -> {
          try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var signature = exchange.getRequestHeaders().getFirst("Webhook-Signature");
            var signed = GoCardlessWebhook.isSigned(body, signature, secrets);
            if (signed) arrived.add(GoCardlessWebhook.parse(body));
            exchange.sendResponseHeaders(signed ? 204 : 498, -1);
          }
        });
    receiver.start();
    try {
      var address = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhook");

      assertThat(fake.deliverWebhook(address)).isEqualTo(204);

      assertThat(arrived.poll(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Delivery.class,
              delivery ->
                  assertThat(delivery.events())
                      .extracting(event -> event.id().text())
                      .isEqualTo(fake.eventIds()));
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void theFakeDemandsAStateToStartFrom() {
    assertThatThrownBy(() -> fake.mandateExpired(mandate))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pending_submission");
  }

  private ResourceId newMandate() {
    var customer =
        done(client.createCustomer(new NewCustomer(new Contact("Ada King", null), "p"), key()));
    var account =
        done(
            client.createBankAccount(
                new NewBankAccount(
                    customer.id(),
                    SortCode.parse("20-00-00"),
                    AccountNumber.parse("12345678"),
                    new AccountName("ADA KING")),
                key()));
    return done(client.createMandate(new NewMandate(account.id(), null, null, "man_1"), key()))
        .id();
  }

  private ResourceId newPayment() {
    return done(client.createPayment(
            new NewPayment(mandate, new Pence(65_000), null, "att_1"), key()))
        .id();
  }

  private ResourceId confirmedPayment() {
    var payment = newPayment();
    fake.paymentSubmitted(payment);
    fake.paymentConfirmed(payment);
    return payment;
  }

  private Word<GoCardlessPayment.Status> status(ResourceId payment) {
    return done(client.payment(payment)).status();
  }

  private IdempotencyKey key() {
    return new IdempotencyKey("key-" + ++keys);
  }

  private List<SchemeEvent> schemeEvents() {
    return meanings().stream()
        .<SchemeEvent>mapMulti(
            (meaning, events) -> {
              switch (meaning) {
                case OfMandate it -> events.accept(it.event());
                case OfPayment it -> events.accept(it.event());
                case Meaning.Irrelevant _ -> {}
                default -> throw new AssertionError(meaning.toString());
              }
            })
        .toList();
  }

  private List<Meaning> meanings() {
    return switch (GoCardlessWebhook.parse(fake.nextWebhook().bytes())) {
      case Delivery(_, var events) -> events.stream().map(GoCardlessEvents::meaning).toList();
      case GoCardlessWebhook.Malformed malformed -> throw new AssertionError(malformed.toString());
    };
  }

  private static <T> T done(Answer<T> answer) {
    return switch (answer) {
      case Done<T>(var value, _) -> value;
      case Refused<T> refused -> throw new AssertionError(refused.toString());
    };
  }
}
