package dev.keyreeve.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.TcpProxy;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.webhook.DeliveryView.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledDeliveryTest {
  private static final Duration LOOKS = Duration.ofMillis(20);
  private static final int EVENTS = 100;

  @TempDir Path directory;

  private final Receiver receiver = Receiver.start();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Database.Location location;
  private WebhookRig rig;

  @BeforeEach
  void start() {
    location = TestPlatform.freshLocation();
    rig = new WebhookRig(TestPlatform.start(location), directory);
  }

  @AfterEach
  void stop() throws Exception {
    for (var one : opened.reversed()) {
      one.close();
    }
    rig.close();
    receiver.close();
  }

  /// Begins to deliver on another node.
  private void node(Database.Location at, Duration heartbeats) {
    var database = Database.open(at);
    opened.add(database);
    var schedule = new Schedule(database.dataSource(), new Schedule.Pace(LOOKS, heartbeats));
    rig.onNode(database).deliverBy(schedule, LOOKS);
    schedule.start();
    opened.add(schedule);
  }

  @Test
  void makesEachAttemptOnceByHoweverManyNodes() {
    var endpoints = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      endpoints.add(rig.register(receiver.url() + "/" + i).id());
    }
    node(location, Duration.ofSeconds(10));
    node(location, Duration.ofSeconds(10));
    for (int i = 0; i < EVENTS; i++) {
      rig.happens(WebhookRig.CHANGED, "thing_" + i);
    }

    for (var endpoint : endpoints) {
      Until.isTrue(() -> isDelivered(endpoint, EVENTS));
    }

    assertThat(receiver.received())
        .hasSize(3 * EVENTS)
        .extracting(message -> message.path() + " " + message.id())
        .doesNotHaveDuplicates();
  }

  private boolean isDelivered(String endpoint, int events) {
    var deliveries =
        TestPlatform.done(
            rig.webhooks()
                .deliveries(rig.workspace(), endpoint, Status.DELIVERED, null, events + 1));
    return deliveries.size() == events;
  }

  @Test
  void deliversWhatANodeThatWasCutOffHadBegun() throws IOException {
    var endpoint = rig.register(receiver.url()).id();
    var url = URI.create(location.jdbcUrl().substring("jdbc:".length()));
    var goOn = new CountDownLatch(1);
    receiver.answers(
        exchange -> {
          receiver.answers(200);
          await(goOn);
          Receiver.answer(exchange, 200, "");
        });
    try (var path = TcpProxy.to(new InetSocketAddress(url.getHost(), url.getPort()))) {
      var behind = location.jdbcUrl().replace(":" + url.getPort(), ":" + path.port());
      node(
          new Database.Location(behind, location.user(), location.password()),
          Duration.ofSeconds(10));
      rig.happens(WebhookRig.CHANGED, "thing_1");
      Until.isTrue(() -> receiver.received().size() == 1);
      path.cut();
      goOn.countDown();

      node(location, Duration.ofMillis(100));
      rig.platform().clock().advance(WebhookDeliveries.TERMS.claim());
      Until.isTrue(() -> isDelivered(endpoint, 1));
    }

    assertThat(receiver.received())
        .extracting(Receiver.Received::id)
        .hasSize(2)
        .containsOnly(receiver.received().getFirst().id());
    assertThat(rig.delivery(endpoint, 1).attempts())
        .extracting(AttemptView::ending)
        .containsExactly(AttemptOutcome.ABANDONED, AttemptOutcome.ACCEPTED);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
