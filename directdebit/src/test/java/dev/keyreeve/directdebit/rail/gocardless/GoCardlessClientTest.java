package dev.keyreeve.directdebit.rail.gocardless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keyreeve.directdebit.bacs.AccountName;
import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.mandate.payer.Contact;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Fault;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Received;
import dev.keyreeve.platform.mail.EmailAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoCardlessClientTest {

  private static final Instant NOW = Instant.parse("2026-04-14T09:34:30Z");
  private static final IdempotencyKey KEY = new IdempotencyKey("run-1:item-7");
  private static final Contact ADA =
      new Contact("Ada King Lovelace", EmailAddress.parse("ada@example.com"));
  private static final Retries RETRIES =
      new Retries(4, Duration.ofMillis(500), Duration.ofMinutes(1));

  private final List<Duration> waits = new ArrayList<>();
  private GoCardlessFake fake;
  private GoCardlessClient client;

  @BeforeEach
  void open() {
    fake = new GoCardlessFake(InstantSource.fixed(NOW));
    client = client(fake.address(), GoCardlessFake.TOKEN, Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  private GoCardlessClient client(ApiAddress api, String token, Duration timeout) {
    return new GoCardlessClient(
        api,
        AccessToken.parse(token),
        timeout,
        RETRIES,
        InstantSource.fixed(NOW),
        new Random(1),
        waits::add);
  }

  // Every endpoint.

  @Test
  void createsAndFindsACustomer() {
    var customer = done(client.createCustomer(new NewCustomer(ADA, "payer-1"), KEY));

    assertThat(done(client.customer(customer.id()))).isEqualTo(customer);
    var kept = fake.resource(customer.id());
    assertThat(kept.get("given_name").textValue()).isEqualTo("Ada King");
    assertThat(kept.get("family_name").textValue()).isEqualTo("Lovelace");
    assertThat(kept.get("email").textValue()).isEqualTo("ada@example.com");
    assertThat(kept.get("metadata").get("reference").textValue()).isEqualTo("payer-1");
  }

  @Test
  void aNameOfOneWordIsACompanys() {
    var customer =
        done(client.createCustomer(new NewCustomer(new Contact("Acme", null), "payer-2"), KEY));

    assertThat(fake.resource(customer.id()).get("company_name").textValue()).isEqualTo("Acme");
  }

  @Test
  void createsAndFindsABankAccountOfWhichTheLastDigitsComeBack() {
    var account = account();

    assertThat(account.numberEnding()).isEqualTo("78");
    assertThat(account.enabled()).isTrue();
    assertThat(done(client.bankAccount(account.id()))).isEqualTo(account);
    var kept = fake.resource(account.id());
    assertThat(kept.get("account_number").textValue()).isEqualTo("12345678");
    assertThat(kept.get("branch_code").textValue()).isEqualTo("200000");
    assertThat(kept.get("account_holder_name").textValue()).isEqualTo("ADA LOVELACE");
  }

  @Test
  void anAccountThatTheCustomerHasAlreadyIsFoundUnderAnyKey() {
    var account = account();

    var again =
        client.createBankAccount(accountOf(account.customer()), new IdempotencyKey("other"));

    assertThat(again).isEqualTo(new Done<>(account, true));
    assertThat(fake.count("customer_bank_accounts")).isEqualTo(1);
  }

  @Test
  void createsFindsAndListsAMandate() {
    var mandate = mandate();

    assertThat(mandate.status()).isEqualTo(known(GoCardlessMandate.Status.PENDING_SUBMISSION));
    assertThat(mandate.reference()).isEqualTo("FLAT12-RENT");
    assertThat(mandate.nextPossibleChargeDate()).isEqualTo("2026-04-19");
    assertThat(done(client.mandate(mandate.id()))).isEqualTo(mandate);
    assertThat(done(client.mandates("FLAT12-RENT", PageRequest.newest(10))).items())
        .containsExactly(mandate);
    assertThat(done(client.mandates("FLAT13-RENT", PageRequest.newest(10))).items()).isEmpty();
  }

  @Test
  void cancelsAMandateOnce() {
    var id = mandate().id();
    fake.mandateActivated(id);

    assertThat(done(client.cancelMandate(id)).status())
        .isEqualTo(known(GoCardlessMandate.Status.CANCELLED));
    assertThat(client.cancelMandate(id)).matches(answer -> isReplayed(answer));
  }

  @Test
  void aMandateThatCannotBeCancelledIsRefused() {
    var id = mandate().id();
    fake.mandateSubmitted(id);
    fake.mandateFailed(id, "invalid_bank_details", "AUDDIS-5");

    assertThat(refusal(client.cancelMandate(id)))
        .asInstanceOf(type(Refusal.InvalidState.class))
        .satisfies(
            refusal ->
                assertThat(refusal.issues().getFirst().reason()).isEqualTo("cancellation_failed"));
  }

  @Test
  void createsFindsAndListsAPayment() {
    var mandate = mandate().id();
    var wanted = new NewPayment(mandate, new Pence(65_000), LocalDate.of(2026, 5, 1), "attempt-1");

    var payment = done(client.createPayment(wanted, KEY));

    assertThat(payment)
        .isEqualTo(
            new GoCardlessPayment(
                payment.id(),
                known(GoCardlessPayment.Status.PENDING_SUBMISSION),
                new Pence(65_000),
                LocalDate.of(2026, 5, 1),
                mandate));
    assertThat(done(client.payment(payment.id()))).isEqualTo(payment);
    assertThat(done(client.payments(mandate, PageRequest.newest(10))).items())
        .containsExactly(payment);
    assertThat(fake.received().stream().filter(each -> each.path().equals("/payments")))
        .singleElement()
        .satisfies(each -> assertThat(each.body()).contains("\"retry_if_possible\":false"));
  }

  @Test
  void cancelsAPaymentOnce() {
    var id = payment().id();

    assertThat(done(client.cancelPayment(id)).status())
        .isEqualTo(known(GoCardlessPayment.Status.CANCELLED));
    assertThat(client.cancelPayment(id)).matches(answer -> isReplayed(answer));
  }

  @Test
  void aSubmittedPaymentCannotBeCancelled() {
    var id = payment().id();
    fake.paymentSubmitted(id);

    assertThat(refusal(client.cancelPayment(id))).isInstanceOf(Refusal.InvalidState.class);
    assertThat(fake.status(id)).isEqualTo("submitted");
  }

  @Test
  void listsEventsInPages() {
    var mandate = mandate().id();
    fake.mandateActivated(mandate);

    var newest = done(client.events(PageRequest.newest(2)));
    var oldest = done(client.events(PageRequest.after(newest.items().getLast().id(), 2)));

    assertThat(newest.items())
        .extracting(GoCardlessClientTest::action)
        .containsExactly("active", "submitted");
    assertThat(newest.newer()).isNull();
    assertThat(newest.older()).isEqualTo(newest.items().getLast().id());
    assertThat(oldest.items()).extracting(GoCardlessClientTest::action).containsExactly("created");
    assertThat(oldest.older()).isNull();
  }

  // Keys and retries.

  @Test
  void aLostAnswerIsAskedForAgainWithTheSameKeyAndCreatesOneResource() {
    var mandate = mandate().id();
    var before = fake.received().size();
    fake.fail(new Fault.Cut(true), Fault.doneButStatus(502), Fault.status(503));

    var answer = client.createPayment(new NewPayment(mandate, new Pence(100), null, "a"), KEY);

    assertThat(answer).matches(each -> isReplayed(each));
    assertThat(fake.count("payments")).isEqualTo(1);
    var creating = fake.received().subList(before, fake.received().size() - 1);
    assertThat(creating).hasSize(4).extracting(Received::key).containsOnly(KEY.text());
    assertThat(creating).extracting(Received::body).containsOnly(creating.getFirst().body());
    assertThat(fake.received().getLast().method()).isEqualTo("GET");
  }

  @Test
  void aFirstTryThatFailsUndoneIsNotReplayed() {
    fake.fail(Fault.status(500), new Fault.Cut(false));

    var answer = client.createCustomer(new NewCustomer(ADA, "payer-1"), KEY);

    assertThat(answer)
        .isInstanceOfSatisfying(Done.class, it -> assertThat(it.replayed()).isFalse());
    assertThat(fake.count("customers")).isEqualTo(1);
  }

  @Test
  void aKeyThatWasUsedForAnotherAmountIsNoPayment() {
    var mandate = mandate().id();
    var first = done(client.createPayment(new NewPayment(mandate, new Pence(100), null, "a"), KEY));

    var other = client.createPayment(new NewPayment(mandate, new Pence(101), null, "b"), KEY);

    assertThat(refusal(other)).isEqualTo(new Refusal.KeyUsedOtherwise(first.id()));
    assertThat(refusal(other).mayPass()).isFalse();
  }

  @Test
  void waitsGrowAndDifferFromCallToCall() {
    fake.fail(Fault.status(500), Fault.status(500), Fault.status(500), Fault.status(500));

    var answer = client.customer(new ResourceId("CU1"));

    assertThat(refusal(answer)).isEqualTo(new Refusal.ProviderFailed(500));
    assertThat(refusal(answer).mayPass()).isTrue();
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waits.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    var random = new Random(2);
    var firsts =
        new HashSet<>(IntStream.range(0, 50).mapToObj(_ -> RETRIES.after(1, random)).toList());
    assertThat(firsts).hasSizeGreaterThan(40);
    assertThat(RETRIES.after(10, random)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void waitsAsLongAsItIsTold() {
    fake.fail(
        Fault.limited(Map.of("Retry-After", "7")),
        Fault.limited(Map.of("RateLimit-Reset", "Tue, 14 Apr 2026 09:35:00 GMT")),
        Fault.limited(Map.of("RateLimit-Reset", "nonsense")));

    assertThat(client.createCustomer(new NewCustomer(ADA, "p"), KEY)).isInstanceOf(Done.class);

    assertThat(waits.get(0)).isEqualTo(Duration.ofSeconds(7));
    assertThat(waits.get(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(waits.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(fake.received()).extracting(Received::key).containsOnly(KEY.text());
  }

  @Test
  void isNotHeldUpForLongerThanItsPatience() {
    fake.fail(Fault.limited(Map.of("Retry-After", "3600")));

    var answer = client.createCustomer(new NewCustomer(ADA, "p"), KEY);

    assertThat(refusal(answer)).isEqualTo(new Refusal.RateLimited(Duration.ofHours(1)));
    assertThat(refusal(answer).mayPass()).isTrue();
    assertThat(waits).isEmpty();
  }

  @Test
  void whatIsWrongIsNotTriedAgain() {
    var answer =
        client.createPayment(new NewPayment(new ResourceId("MD9"), new Pence(1), null, "a"), KEY);

    assertThat(refusal(answer)).isInstanceOf(Refusal.ValidationFailed.class);
    assertThat(fake.received()).hasSize(1);
  }

  @Test
  void aCancellationWhoseAnswerIsLostIsCarriedOutOnce() {
    var id = payment().id();
    fake.fail(new Fault.Cut(true));

    assertThat(client.cancelPayment(id)).matches(answer -> isReplayed(answer));
    assertThat(fake.eventIds()).hasSize(3);
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    try (var hasty = client(fake.address(), GoCardlessFake.TOKEN, Duration.ofMillis(200))) {
      fake.fail(new Fault.Silence(), new Fault.Silence(), new Fault.Silence(), new Fault.Silence());

      assertThat(refusal(hasty.customer(new ResourceId("CU1"))))
          .isEqualTo(new Refusal.Unreachable("no answer in time"));
    }
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws IOException {
    int port;
    try (var unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    var nowhere = new ApiAddress(URI.create("http://127.0.0.1:" + port));
    try (var lost = client(nowhere, GoCardlessFake.TOKEN, Duration.ofSeconds(20))) {
      assertThat(refusal(lost.customer(new ResourceId("CU1"))))
          .isInstanceOf(Refusal.Unreachable.class);
      assertThat(waits).hasSize(3);
    }
  }

  @Test
  void anInterruptedCallEndsAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertThat(refusal(client.customer(new ResourceId("CU1"))))
        .isEqualTo(new Refusal.Unreachable("interrupted"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(waits).isEmpty();
  }

  // Errors.

  @Test
  void aWrongTokenIsInvalidUsage() {
    try (var stranger = client(fake.address(), "another", Duration.ofSeconds(20))) {
      assertThat(refusal(stranger.customer(new ResourceId("CU1"))))
          .asInstanceOf(type(Refusal.InvalidUsage.class))
          .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(401));
    }
  }

  @Test
  void whatDoesNotExistIsInvalidUsage() {
    assertThat(client.mandate(new ResourceId("MD9")))
        .isEqualTo(
            new Refused<>(
                new Refusal.InvalidUsage(
                    404,
                    List.of(
                        new Refusal.Issue(
                            null, "resource_not_found", "An error: resource_not_found", Map.of()))),
                "dd50eaaf-8213-48fe-90d6-5466872efbc4"));
  }

  @Test
  void aPaymentUnderAnEndedMandateIsAnInvalidState() {
    var mandate = mandate().id();
    client.cancelMandate(mandate);

    var answer = client.createPayment(new NewPayment(mandate, new Pence(1), null, "a"), KEY);

    assertThat(refusal(answer))
        .asInstanceOf(type(Refusal.InvalidState.class))
        .satisfies(
            refusal ->
                assertThat(refusal.issues().getFirst().links()).containsEntry("mandate", mandate));
  }

  @Test
  void aValidationErrorNamesTheFieldAndMasksLongNumbers() {
    fake.fail(
        Fault.body(
            422,
            """
            {"error":{"type":"validation_failed","code":422,"message":"Validation failed",
             "errors":[{"field":"account_number","message":"12345678 or 12-34-56 is\\u0007 wrong"}]}}
            """));

    var answer = client.createCustomer(new NewCustomer(ADA, "p"), KEY);

    assertThat(refusal(answer))
        .isEqualTo(
            new Refusal.ValidationFailed(
                List.of(
                    new Refusal.Issue(
                        "account_number", null, "[digits] or [digits] is  wrong", Map.of()))));
  }

  @Test
  void anErrorThatRepeatsTheTokenIsHandedOutWithoutIt() {
    fake.fail(
        Fault.body(
            400,
            """
            {"error":{"type":"invalid_api_usage","request_id":"%1$s",
             "errors":[{"reason":"%1$s","message":"Authorization: Bearer %1$s"}]}}
            """
                .formatted(GoCardlessFake.TOKEN)));

    assertThat(client.customer(new ResourceId("CU1")).toString())
        .contains("Authorization: Bearer [redacted]")
        .doesNotContain(GoCardlessFake.TOKEN);
  }

  @Test
  void anErrorOfAnUnknownTypeSurvives() {
    fake.fail(Fault.body(418, "{\"error\":{\"type\":\"brand_new\"}}"));

    assertThat(refusal(client.customer(new ResourceId("CU1"))))
        .isEqualTo(new Refusal.Unknown(418, "brand_new", List.of()));
  }

  @Test
  void unknownStatusesSurvive() {
    fake.fail(Fault.body(200, "{\"mandates\":{\"id\":\"MD1\",\"status\":\"hibernating\"}}"));

    assertThat(done(client.mandate(new ResourceId("MD1"))).status())
        .isEqualTo(new Word.Unknown<>("hibernating"));
  }

  @ParameterizedTest
  @MethodSource("hostileBodies")
  void aHostileAnswerIsUnreadableAndNeverAnException(int status, String body) {
    fake.fail(Fault.body(status, body));

    var refusal = refusal(client.payment(new ResourceId("PM1")));

    assertThat(refusal).isInstanceOf(Refusal.Unreadable.class);
    assertThat(refusal.toString()).doesNotContain("secret-of-the-body");
    assertThat(fake.received()).hasSize(1);
  }

  static Stream<Arguments> hostileBodies() {
    return Stream.of(
            "",
            "<html>secret-of-the-body</html>",
            "null",
            "[]",
            "\"secret-of-the-body\"",
            "{\"payments\":null}",
            "{\"payments\":[]}",
            "{\"payments\":{}} {}",
            "{\"payments\":{\"id\":7}}",
            "{\"payments\":{\"id\":\"../customers/CU1\"}}",
            payment("\"amount\":\"100\""),
            payment("\"amount\":1.5"),
            payment("\"amount\":-1"),
            payment("\"amount\":1e400000000"),
            payment("\"amount\":99999999999999999999"),
            payment("\"amount\":1,\"amount\":2"),
            payment("\"amount\":1,\"currency\":\"EUR\""),
            payment("\"amount\":1,\"charge_date\":\"yesterday\""),
            payment("\"amount\":1,\"links\":{\"mandate\":null}"),
            "{\"payments\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "{\"payments\":{\"id\":\"" + "A".repeat(200_000) + "\"}}",
            " ".repeat(Transport.MAX_BODY + 1))
        .flatMap(body -> Stream.of(200, 422).map(status -> Arguments.of(status, body)));
  }

  private static String payment(String fields) {
    return "{\"payments\":{\"id\":\"PM1\",\"status\":\"submitted\"," + fields + "}}";
  }

  @Test
  void aRedirectIsNotFollowed() {
    fake.fail(
        new Fault.Instead(
            false, 302, Map.of("Location", fake.address().root() + "/customers/CU1"), ""));

    assertThat(refusal(client.customer(new ResourceId("CU1"))))
        .isEqualTo(new Refusal.Unreadable(302, "a redirect"));
    assertThat(fake.received()).hasSize(1);
  }

  // Secrets.

  @Test
  void noSecretAndNoAccountIsEverPrinted() {
    var token = AccessToken.parse(GoCardlessFake.TOKEN);
    var printed =
        List.of(
            token.toString(),
            WebhookSecret.parse(GoCardlessFake.WEBHOOK_SECRET).toString(),
            accountOf(new ResourceId("CU1")).toString(),
            new NewCustomer(ADA, "p").toString(),
            refusal(client.customer(new ResourceId("CU9"))).toString(),
            account().toString());

    assertThat(String.join("\n", printed))
        .contains("[redacted]")
        .doesNotContain(
            GoCardlessFake.TOKEN,
            GoCardlessFake.WEBHOOK_SECRET,
            "12345678",
            "20-00-00",
            "200000",
            "LOVELACE",
            "Lovelace",
            "ada@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "ümlaut"})
  void aTokenThatNoHeaderCanCarryIsRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> AccessToken.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A GoCardless access token is 1 to 512 of A-Z, a-z, 0-9 and ._~+/-.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.gocardless.com",
        "https://user:pass@api.gocardless.com",
        "https://api.gocardless.com/v2",
        "https://api.gocardless.com?a=b",
        "ftp://127.0.0.1",
        "mailto:a@b.example"
      })
  void theTokenIsSentToNoAddressThatOthersCanRead(String address) {
    assertThatThrownBy(() -> new ApiAddress(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void liveAndSandboxAreKnown() {
    assertThat(ApiAddress.LIVE.at("/events")).hasToString("https://api.gocardless.com/events");
    assertThat(ApiAddress.SANDBOX.root()).hasHost("api-sandbox.gocardless.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a?b", "..", "a b"})
  void anIdThatWouldLeaveItsPathIsNone(String text) {
    assertThatThrownBy(() -> new ResourceId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private CustomerBankAccount account() {
    var customer =
        done(
            client.createCustomer(new NewCustomer(ADA, "payer-1"), new IdempotencyKey("customer")));
    return done(client.createBankAccount(accountOf(customer.id()), new IdempotencyKey("account")));
  }

  private static NewBankAccount accountOf(ResourceId customer) {
    return new NewBankAccount(
        customer,
        SortCode.parse("20-00-00"),
        AccountNumber.parse("12345678"),
        new AccountName("ADA LOVELACE"));
  }

  private GoCardlessMandate mandate() {
    return done(
        client.createMandate(
            new NewMandate(account().id(), MandateReference.parse("FLAT12-RENT"), null, "man_1"),
            new IdempotencyKey("mandate")));
  }

  private GoCardlessPayment payment() {
    return done(
        client.createPayment(
            new NewPayment(mandate().id(), new Pence(65_000), null, "attempt-1"), KEY));
  }

  private static <E extends Enum<E>> Word<E> known(E value) {
    return new Word.Known<>(value);
  }

  private static @Nullable String action(GoCardlessEvent event) {
    return event instanceof GoCardlessEvent.Told told ? told.action() : null;
  }

  private static boolean isReplayed(Answer<?> answer) {
    return answer instanceof Done<?>(_, boolean replayed) && replayed;
  }

  private static <T> T done(Answer<T> answer) {
    return switch (answer) {
      case Done<T>(var value, _) -> value;
      case Refused<T> refused -> throw new AssertionError(refused.toString());
    };
  }

  private static Refusal refusal(Answer<?> answer) {
    return switch (answer) {
      case Done<?> done -> throw new AssertionError(done.toString());
      case Refused<?>(var refusal, _) -> refusal;
    };
  }
}
