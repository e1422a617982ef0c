package dev.keyreeve.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.webhook.DeliveryView.Status;
import dev.keyreeve.platform.webhook.EndpointView.DisabledReason;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookDeliveriesTest {
  private static final ObjectMapper json = new ObjectMapper();

  @TempDir Path directory;

  private final Receiver receiver = Receiver.start();

  /// What `receiver.example` is, as the system's resolver sees it.
  private final AtomicReference<String> address = new AtomicReference<>("127.0.0.1");

  private WebhookRig rig;

  @BeforeEach
  void start() {
    var guard =
        new AddressGuard(
            AddressGuard.Reach.PUBLIC_AND_LOOPBACK,
            _ -> new InetAddress[] {InetAddress.ofLiteral(address.get())});
    rig = new WebhookRig(TestPlatform.start(), directory, guard);
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
  }

  @Test
  void deliversASignedEvent() throws IOException {
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");

    rig.deliver();

    assertThat(receiver.received()).hasSize(1);
    var message = receiver.received().getFirst();
    assertThat(Check.signaturesBy(endpoint.secret(), message)).isOne();
    assertThat(message.signature()).doesNotContain(" ");
    assertThat(message.timestamp()).isEqualTo(Long.toString(rig.now().getEpochSecond()));
    assertThat(json.readTree(message.body()))
        .isEqualTo(
            json.readTree(
                """
                {"type": "thing.changed", "timestamp": "2026-03-02T09:00:00Z", "id": "%s", "seq": 1,
                 "workspaceId": "%s", "subjectId": "thing_1", "origin": "agent",
                 "data": {"name": "x"}}
                """
                    .formatted(message.id(), rig.workspace())));
    var details = rig.delivery(endpoint.id(), 1);
    assertThat(details.delivery().status()).isEqualTo(Status.DELIVERED);
    assertThat(details.delivery().eventId()).isEqualTo(message.id());
    assertThat(details.attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.ending()).isEqualTo(AttemptOutcome.ACCEPTED);
              assertThat(attempt.status()).isEqualTo(204);
              assertThat(attempt.latencyMicros()).isPositive();
            });
  }

  @Test
  void tellsInTheOrderOfNumbersAndOnlyWhatWasAskedFor() throws IOException {
    rig.happens(WebhookRig.CHANGED, "before");
    rig.register(receiver.url(), "thing.*");
    for (int i = 0; i < 30; i++) {
      rig.happens(i % 3 == 0 ? WebhookRig.OTHER : WebhookRig.CHANGED, "thing_" + i);
    }

    rig.deliver();

    var numbers = new ArrayList<Long>();
    for (var message : receiver.received()) {
      numbers.add(json.readTree(message.body()).get("seq").asLong());
    }
    assertThat(numbers).hasSize(20).isSorted().doesNotContain(1L, 2L, 5L).contains(3L, 4L, 31L);
  }

  @Test
  void readsAnUnderscoreInATypeAsItself() {
    var endpoint = rig.register(receiver.url(), "other_thing.changed");
    rig.happens(WebhookRig.OTHER, "one");
    rig.happens("other-thing.changed", "two");

    rig.deliver();

    assertThat(receiver.received()).hasSize(1);
    assertThat(rig.endpoint(endpoint.id()).position()).isEqualTo(2);
  }

  @Test
  void triesAgainByTheScheduleUntilItIsAccepted() {
    receiver.answers(exchange -> Receiver.answer(exchange, 500, "broken \u202e\u0000\u001b[31m!"));
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");

    rig.deliver();
    for (var wait : List.of(5, 5 * 60, 30 * 60, 2 * 3600)) {
      assertTriedAfter(Duration.ofSeconds(wait));
    }
    receiver.answers(200);
    assertTriedAfter(Duration.ofHours(5));

    rig.platform().clock().advance(Duration.ofDays(2));
    rig.deliver();
    assertThat(receiver.received()).hasSize(6);
    assertThat(receiver.received()).extracting(Receiver.Received::id).containsOnly(firstId());
    assertThat(receiver.received())
        .extracting(Receiver.Received::body)
        .hasSize(6)
        .containsOnly(receiver.received().getFirst().body());
    assertThat(receiver.received())
        .allSatisfy(message -> assertThat(Check.signaturesBy(endpoint.secret(), message)).isOne());
    assertThat(receiver.received())
        .extracting(Receiver.Received::timestamp)
        .doesNotHaveDuplicates();
    var details = rig.delivery(endpoint.id(), 1);
    assertThat(details.delivery().status()).isEqualTo(Status.DELIVERED);
    assertThat(details.attempts()).hasSize(6);
    assertThat(details.attempts().getFirst().excerpt()).isEqualTo("broken    [31m!");
    assertThat(details.attempts().getFirst().status()).isEqualTo(500);
  }

  private String firstId() {
    return receiver.received().getFirst().id();
  }

  /// Not a millisecond before this has passed since the last try.
  private void assertTriedAfter(Duration wait) {
    int before = receiver.received().size();
    rig.platform().clock().advance(wait.minusMillis(1));
    rig.deliver();
    assertThat(receiver.received()).hasSize(before);

    rig.platform().clock().advance(Duration.ofMillis(1));
    rig.deliver();
    assertThat(receiver.received()).hasSize(before + 1);
  }

  @Test
  void givesUpADeliveryAndAnEndpointThatAcceptsNothing() {
    receiver.answers(503);
    var endpoint = rig.register(receiver.url());
    var other = Receiver.start();
    rig.register(other.url(), WebhookEvents.ENDPOINT_DISABLED);
    rig.happens(WebhookRig.CHANGED, "thing_1");

    rig.deliver();
    WebhookDeliveries.TERMS.retries().waits().forEach(this::assertTriedAfter);

    assertThat(receiver.received()).hasSize(10);
    assertThat(rig.delivery(endpoint.id(), 1).delivery().status()).isEqualTo(Status.FAILED);
    assertThat(rig.endpoint(endpoint.id()).disabledReason()).isEqualTo(DisabledReason.FAILING);
    assertThat(other.received())
        .singleElement()
        .satisfies(message -> assertThat(message.body()).contains(endpoint.id(), "failing"));
    rig.happens(WebhookRig.CHANGED, "thing_2");
    rig.deliver();
    assertThat(receiver.received()).hasSize(10);
    other.close();
  }

  @Test
  void keepsAnEndpointThatAcceptsOtherEvents() {
    receiver.answers(
        exchange -> Receiver.answer(exchange, receivedLast("thing_1") ? 500 : 200, "no"));
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();
    rig.happens(WebhookRig.CHANGED, "thing_2");
    for (var wait : WebhookDeliveries.TERMS.retries().waits()) {
      rig.platform().clock().advance(wait);
      rig.deliver();
    }

    assertThat(rig.delivery(endpoint.id(), 1).delivery().status()).isEqualTo(Status.FAILED);
    assertThat(rig.delivery(endpoint.id(), 2).delivery().status()).isEqualTo(Status.DELIVERED);
    assertThat(rig.endpoint(endpoint.id()).enabled()).isTrue();
  }

  private boolean receivedLast(String subject) {
    return receiver.received().getLast().body().contains(subject);
  }

  @Test
  void losesNothingWhileAnEndpointIsDisabled() {
    var endpoint = rig.register(receiver.url());
    enable(endpoint.id(), false);
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();
    assertThat(receiver.received()).isEmpty();

    enable(endpoint.id(), true);
    rig.deliver();

    assertThat(receiver.received()).hasSize(1);
  }

  private void enable(String endpoint, boolean enabled) {
    var change = new Webhooks.EndpointChange(null, null, null, enabled);
    TestPlatform.done(
        rig.webhooks().update(rig.workspace(), endpoint, change, Actor.SYSTEM, rig.now()));
  }

  @Test
  void leavesAReceiverThatIsGone() {
    receiver.answers(410);
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.happens(WebhookRig.CHANGED, "thing_2");

    rig.deliver();

    assertThat(receiver.received()).hasSize(1);
    assertThat(rig.endpoint(endpoint.id()).disabledReason()).isEqualTo(DisabledReason.GONE);
    assertThat(rig.delivery(endpoint.id(), 1).delivery().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void leavesAReceiverAloneForAsLongAsItAsks() {
    retryAfter("600");
    rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.happens(WebhookRig.CHANGED, "thing_2");
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);

    receiver.answers(200);
    rig.platform().clock().advance(Duration.ofMinutes(10).minusMillis(1));
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);

    rig.platform().clock().advance(Duration.ofMillis(1));
    rig.deliver();
    assertThat(receiver.received()).hasSize(3);
    assertThat(receiver.received().get(1).id()).isEqualTo(firstId());
  }

  @Test
  void readsADateAndIgnoresWhatIsFartherThanADayOrNonsense() {
    assertThat(nextTryWhenAsked("Mon, 02 Mar 2026 10:00:00 GMT"))
        .isEqualTo(TestPlatform.START.plusSeconds(3600));
    assertThat(nextTryWhenAsked("999999999")).isEqualTo(rig.now().plus(Duration.ofHours(24)));
    assertThat(nextTryWhenAsked("soon")).isEqualTo(rig.now().plusSeconds(5));
    assertThat(nextTryWhenAsked("-1")).isEqualTo(rig.now().plusSeconds(5));
    assertThat(nextTryWhenAsked("1")).isEqualTo(rig.now().plusSeconds(5));
  }

  private Instant nextTryWhenAsked(String retryAfter) {
    retryAfter(retryAfter);
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing");
    rig.deliver();
    var delivery =
        TestPlatform.done(rig.webhooks().deliveries(rig.workspace(), endpoint.id(), null, null, 1))
            .getFirst();
    return Objects.requireNonNull(delivery.nextTryAt());
  }

  private void retryAfter(String value) {
    receiver.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", value);
          Receiver.answer(exchange, 429, "slow down");
        });
  }

  @Test
  void signsWithBothSecretsWhileTheyOverlap() {
    var endpoint = rig.register(receiver.url());
    var issued =
        TestPlatform.done(
            rig.webhooks()
                .rotateSecret(
                    rig.workspace(), endpoint.id(), Duration.ofHours(1), Actor.SYSTEM, rig.now()));
    var secret = Objects.requireNonNull(issued.secret());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();
    var during = receiver.received().getFirst();
    assertThat(Check.signaturesBy(endpoint.secret(), during)).isOne();
    assertThat(Check.signaturesBy(secret.reveal(), during)).isOne();

    rig.platform().clock().advance(Duration.ofHours(1));
    rig.happens(WebhookRig.CHANGED, "thing_2");
    rig.deliver();

    var after = receiver.received().getLast();
    assertThat(Check.signaturesBy(endpoint.secret(), after)).isZero();
    assertThat(Check.signaturesBy(secret.reveal(), after)).isOne();
  }

  @Test
  void neverConnectsToAnAddressThatANameTookOnLater() {
    var url = "http://receiver.example:" + receiver.port() + "/hook";
    var endpoint = rig.register(url);
    rig.happens(WebhookRig.CHANGED, "thing_1");
    address.set("169.254.169.254");

    rig.deliver();

    assertThat(receiver.received()).isEmpty();
    assertThat(rig.delivery(endpoint.id(), 1).attempts())
        .singleElement()
        .extracting(AttemptView::ending)
        .isEqualTo(AttemptOutcome.FORBIDDEN_ADDRESS);
    address.set("127.0.0.1");
    rig.platform().clock().advance(Duration.ofSeconds(5));
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void makesAnotherAttemptWhenOneIsNeverEnded() {
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    // The state in which a killed server leaves the rows.
    receiver.answers(
        exchange -> {
          rig.platform()
              .database()
              .jdbi()
              .useHandle(
                  handle ->
                      handle.execute(
                          "alter table webhook_attempt add constraint dead check (ending is null)"));
          Receiver.answer(exchange, 200, "");
        });
    var failure = catchThrowable(() -> rig.deliver());
    assertThat(failure).hasMessageContaining("dead");
    rig.platform()
        .database()
        .jdbi()
        .useHandle(handle -> handle.execute("alter table webhook_attempt drop constraint dead"));
    receiver.answers(200);

    rig.deliver();
    assertThat(receiver.received()).hasSize(1);
    rig.platform().clock().advance(WebhookDeliveries.TERMS.claim());
    rig.deliver();

    assertThat(receiver.received()).hasSize(2);
    assertThat(receiver.received().getLast().id()).isEqualTo(firstId());
    var details = rig.delivery(endpoint.id(), 1);
    assertThat(details.delivery().status()).isEqualTo(Status.DELIVERED);
    assertThat(details.attempts())
        .extracting(AttemptView::ending)
        .containsExactly(AttemptOutcome.ABANDONED, AttemptOutcome.ACCEPTED);
  }

  @Test
  void letsAnAttemptThatWasGivenUpSayNothingAnyMore() {
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    receiver.answers(
        exchange -> {
          // While this one hangs, its claim runs out and another node delivers.
          receiver.answers(200);
          rig.platform().clock().advance(WebhookDeliveries.TERMS.claim());
          rig.deliver();
          Receiver.answer(exchange, 410, "late");
        });

    rig.deliver();

    assertThat(rig.endpoint(endpoint.id()).enabled()).isTrue();
    assertThat(rig.delivery(endpoint.id(), 1).attempts())
        .extracting(AttemptView::ending)
        .containsExactly(AttemptOutcome.ABANDONED, AttemptOutcome.ACCEPTED);
  }

  @Test
  void deliversAgainWhenAsked() {
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();

    var asked =
        TestPlatform.done(rig.webhooks().redeliver(rig.workspace(), endpoint.id(), 1, rig.now()));
    rig.deliver();

    assertThat(asked.delivery().status()).isEqualTo(Status.PENDING);
    assertThat(receiver.received())
        .extracting(Receiver.Received::id)
        .hasSize(2)
        .containsOnly(firstId());
    assertThat(rig.delivery(endpoint.id(), 1).attempts()).hasSize(2);
    assertThat(rig.webhooks().redeliver(rig.workspace(), endpoint.id(), 9, rig.now()))
        .isEqualTo(Outcome.refused(Webhooks.NO_SUCH_DELIVERY));
  }

  @Test
  void replaysWhatHappenedAfterANumber() throws IOException {
    for (int i = 1; i <= 5; i++) {
      rig.happens(WebhookRig.CHANGED, "thing_" + i);
    }
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_6");
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);

    TestPlatform.done(rig.webhooks().replay(rig.workspace(), endpoint.id(), 3, rig.now()));
    rig.deliver();

    var numbers = new ArrayList<Long>();
    for (var message : receiver.received()) {
      numbers.add(json.readTree(message.body()).get("seq").asLong());
    }
    assertThat(numbers).containsExactly(6L, 4L, 5L, 6L);
  }

  @Test
  void testsOneEndpointAndNoOther() {
    var other = Receiver.start();
    rig.register(other.url());
    var endpoint = rig.register(receiver.url(), WebhookRig.REMOVED);

    TestPlatform.done(rig.webhooks().test(rig.workspace(), endpoint.id(), rig.now()));
    rig.deliver();

    assertThat(receiver.received())
        .singleElement()
        .satisfies(message -> assertThat(message.body()).contains("\"webhook.test\""));
    assertThat(other.received()).isEmpty();
    other.close();
  }

  @Test
  void forgetsWhatEndedLongAgo() {
    var endpoint = rig.register(receiver.url());
    rig.happens(WebhookRig.CHANGED, "thing_1");
    rig.deliver();

    rig.webhooks().forget(rig.now());
    assertThat(rig.delivery(endpoint.id(), 1).attempts()).hasSize(1);
    rig.webhooks().forget(rig.now().plusMillis(1));

    assertThat(rig.webhooks().delivery(rig.workspace(), endpoint.id(), 1))
        .isEqualTo(Outcome.refused(Webhooks.NO_SUCH_DELIVERY));
    rig.deliver();
    assertThat(receiver.received()).hasSize(1);
  }
}
