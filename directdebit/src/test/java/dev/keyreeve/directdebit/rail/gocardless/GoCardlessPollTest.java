package dev.keyreeve.directdebit.rail.gocardless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessFake.Fault;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessPoll.Batch;
import dev.keyreeve.directdebit.rail.gocardless.GoCardlessWebhook.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoCardlessPollTest {

  private GoCardlessFake fake;
  private GoCardlessClient client;
  private GoCardlessPoll poll;

  @BeforeEach
  void open() {
    var clock = InstantSource.fixed(Instant.parse("2026-04-14T09:34:30Z"));
    fake = new GoCardlessFake(clock);
    client =
        new GoCardlessClient(
            fake.address(),
            AccessToken.parse(GoCardlessFake.TOKEN),
            Duration.ofSeconds(20),
            new Retries(1, Duration.ofMillis(1), Duration.ofMillis(1)),
            clock,
            new Random(1),
            _ -> {});
    poll = new GoCardlessPoll(client, 3);
  }

  @AfterEach
  void close() {
    client.close();
    fake.close();
  }

  @Test
  void readsEveryEventOnceInItsOrderHoweverManyPagesThereAre() {
    for (int events = 0; events <= 10; events++) {
      assertThat(readAll(null)).isEqualTo(fake.eventIds()).hasSize(events);
      somethingHappens();
    }
  }

  @Test
  void goesOnWhereItStopped() {
    happenings(4);
    var first = done(poll.after(null));
    var second = done(poll.after(first.cursor()));
    happenings(5);

    assertThat(ids(first)).isEqualTo(fake.eventIds().subList(0, 1));
    assertThat(first.more()).isTrue();
    assertThat(ids(second)).isEqualTo(fake.eventIds().subList(1, 4));
    assertThat(second.more()).isFalse();
    assertThat(readAll(second.cursor())).isEqualTo(fake.eventIds().subList(4, 9));
  }

  @Test
  void keepsItsCursorWhileNothingHappens() {
    happenings(2);
    var cursor = done(poll.after(null)).cursor();

    assertThat(done(poll.after(cursor))).isEqualTo(new Batch(List.of(), cursor, false));
  }

  @Test
  void canBeginWithWhatHappensFromNowOn() {
    assertThat(done(poll.start())).isEqualTo(new Batch(List.of(), null, false));
    happenings(7);

    var start = done(poll.start());
    happenings(2);

    assertThat(start.events()).isEmpty();
    assertThat(readAll(start.cursor())).isEqualTo(fake.eventIds().subList(7, 9));
  }

  @Test
  void aRefusedPageMovesNothing() {
    happenings(2);
    fake.fail(Fault.status(500));

    assertThat(poll.after(null))
        .isEqualTo(
            new Refused<>(new Refusal.ProviderFailed(500), "dd50eaaf-8213-48fe-90d6-5466872efbc4"));
  }

  @Test
  void tellsTheSameEventsAsTheWebhooks() {
    happenings(5);

    var polled = new ArrayList<GoCardlessEvent>();
    ResourceId cursor = null;
    Batch batch;
    do {
      batch = done(poll.after(cursor));
      polled.addAll(batch.events());
      cursor = batch.cursor();
    } while (batch.more());
    var webhook = fake.nextWebhook();

    assertThat(
            GoCardlessWebhook.isSigned(
                webhook.bytes(),
                webhook.signature(),
                List.of(WebhookSecret.parse(GoCardlessFake.WEBHOOK_SECRET))))
        .isTrue();
    assertThat(GoCardlessWebhook.parse(webhook.bytes()))
        .isEqualTo(new Delivery(new ResourceId("WB000001"), polled));
  }

  private void happenings(int count) {
    for (int each = 0; each < count; each++) somethingHappens();
  }

  private void somethingHappens() {
    fake.tellUnknown("mandates", "yawned", new ResourceId("MD1"));
  }

  private List<String> readAll(@Nullable ResourceId from) {
    var ids = new ArrayList<String>();
    var cursor = from;
    while (true) {
      var batch = done(poll.after(cursor));
      ids.addAll(ids(batch));
      if (!batch.more()) return ids;
      cursor = batch.cursor();
    }
  }

  private static List<String> ids(Batch batch) {
    return batch.events().stream().map(event -> event.id().text()).toList();
  }

  private static <T> T done(Answer<T> answer) {
    return switch (answer) {
      case Done<T>(var value, _) -> value;
      case Refused<T> refused -> throw new AssertionError(refused.toString());
    };
  }
}
