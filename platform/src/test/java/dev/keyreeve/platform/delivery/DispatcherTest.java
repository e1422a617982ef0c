package dev.keyreeve.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.Rounds;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for whatever is delivered, shown by a room that has nothing but the least.
class DispatcherTest {
  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5));
  private static final int TURN = 3;
  private static final int AT_ONCE = 2;
  private static final DeliveryTerms TERMS =
      new DeliveryTerms(Duration.ofMinutes(2), TURN, AT_ONCE, new RetrySchedule(WAITS));
  private static final RandomGenerator NO_JITTER = () -> 0;

  private TestPlatform platform;
  private Parcels parcels;
  private Dispatcher<?, ?> dispatcher;

  @BeforeEach
  void start() {
    platform = TestPlatform.start();
    Parcels.build(platform.database().jdbi());
    parcels = new Parcels(platform.database().jdbi());
    dispatcher = node();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Dispatcher<?, ?> node() {
    return new Dispatcher<>(parcels, TERMS, platform.clock(), NO_JITTER);
  }

  private Instant now() {
    return platform.clock().instant();
  }

  private void deliver() {
    for (var due = dispatcher.due(); !due.isEmpty(); due = dispatcher.due()) {
      due.forEach(dispatcher::dispatch);
    }
  }

  private static Receipt later() {
    return new Receipt.Deferred(null);
  }

  @Test
  void deliversInOrderAndOnce() {
    for (int parcel : List.of(2, 3, 1)) parcels.add("mill", parcel, now());

    deliver();
    deliver();

    assertThat(parcels.order()).containsExactly(1, 2, 3);
    assertThat(parcels.status(1)).isEqualTo("delivered");
    assertThat(parcels.endings(1)).containsExactly("accepted");
  }

  @Test
  void writesAnAttemptDownBeforeItIsSentAndHoldsNoLockMeanwhile() {
    parcels.add("mill", 1, now());
    parcels.carriedBy(
        attempt -> {
          assertThat(parcels.endings(attempt.parcel())).containsExactly("open");
          assertThat(parcels.isLockable("mill")).isTrue();
          assertThat(dispatcher.due()).isEmpty();
          return new Receipt.Accepted();
        });

    deliver();

    assertThat(parcels.status(1)).isEqualTo("delivered");
  }

  @Test
  void aReceiverWithMuchToGetLeavesOthersTheirTurn() {
    for (int parcel = 1; parcel <= 7; parcel++) parcels.add("mill", parcel, now());
    parcels.add("quay", 8, now());

    deliver();

    assertThat(parcels.order()).containsExactly(1, 2, 3, 8, 4, 5, 6, 7);
  }

  @Test
  void aReceiverThatTakesNothingHasHadItsTurnAndHoldsUpNothingElse() {
    parcels.add("mill", 1, now());
    parcels.add("mill", 2, now());
    parcels.carriedBy(attempt -> attempt.parcel() == 1 ? later() : new Receipt.Accepted());

    dispatcher.dispatch("mill");
    assertThat(parcels.order()).containsExactly(1);
    deliver();

    assertThat(parcels.order()).containsExactly(1, 2);
    assertThat(parcels.status(2)).isEqualTo("delivered");
  }

  @Test
  void triesAgainByTheScheduleAndGivesUpAfterTheLast() {
    parcels.add("mill", 1, now());
    parcels.carriedBy(_ -> later());

    deliver();
    for (var wait : WAITS) {
      int before = parcels.carried().size();
      platform.clock().advance(wait.minusMillis(1));
      deliver();
      assertThat(parcels.carried()).hasSize(before);
      platform.clock().advance(Duration.ofMillis(1));
      deliver();
      assertThat(parcels.carried()).hasSize(before + 1);
    }

    assertThat(parcels.status(1)).isEqualTo("given up");
    platform.clock().advance(Duration.ofDays(1));
    deliver();
    assertThat(parcels.endings(1)).hasSize(WAITS.size() + 1).containsOnly("deferred");
  }

  @Test
  void leavesAReceiverAloneForAsLongAsItAsks() {
    parcels.add("mill", 1, now());
    var asked = now().plus(Duration.ofMinutes(30));
    parcels.carriedBy(_ -> new Receipt.Deferred(asked));

    deliver();

    assertThat(parcels.nextTry(1)).isEqualTo(asked);
  }

  @Test
  void triesNoMoreWhatWillNeverBeTaken() {
    parcels.add("mill", 1, now());
    parcels.carriedBy(_ -> new Receipt.Rejected());

    deliver();
    platform.clock().advance(Duration.ofDays(1));
    deliver();

    assertThat(parcels.carried()).hasSize(1);
    assertThat(parcels.status(1)).isEqualTo("rejected");
  }

  @Test
  void anotherNodeTakesOverWhenTheClaimOfADeadOneHasRunOut() {
    parcels.add("mill", 1, now());
    parcels.carriedBy(
        _ -> {
          throw new IllegalStateException("gone");
        });
    assertThatThrownBy(this::deliver).hasMessage("gone");
    parcels.carriedBy(_ -> new Receipt.Accepted());

    platform.clock().advance(TERMS.claim().minusMillis(1));
    assertThat(node().due()).isEmpty();
    node().dispatch("mill");
    assertThat(parcels.carried()).hasSize(1);
    platform.clock().advance(Duration.ofMillis(1));
    assertThat(node().due()).containsExactly("mill");
    node().dispatch("mill");

    assertThat(parcels.endings(1)).containsExactly("abandoned", "accepted");
    assertThat(parcels.status(1)).isEqualTo("delivered");
  }

  @Test
  void anAttemptThatTookTooLongSaysNothingAnyMore() {
    parcels.add("mill", 1, now());
    parcels.carriedBy(
        _ -> {
          parcels.carriedBy(_ -> new Receipt.Accepted());
          platform.clock().advance(TERMS.claim());
          node().dispatch("mill");
          return new Receipt.Rejected();
        });

    dispatcher.dispatch("mill");

    assertThat(parcels.endings(1)).containsExactly("abandoned", "accepted");
    assertThat(parcels.status(1)).isEqualTo("delivered");
  }

  @Test
  void whatIsAskedForAgainWhileItIsSentHasAllItsTriesAgain() {
    parcels.add("mill", 1, now());
    parcels.carriedBy(_ -> later());
    deliver();
    for (var wait : WAITS.subList(0, WAITS.size() - 1)) {
      platform.clock().advance(wait);
      deliver();
    }
    parcels.carriedBy(
        _ -> {
          parcels.askAgain(1, now());
          return later();
        });
    platform.clock().advance(WAITS.getLast());

    deliver();

    assertThat(parcels.status(1)).isEqualTo("pending");
    assertThat(parcels.nextTry(1)).isEqualTo(now().plus(WAITS.getFirst()));
  }

  @Test
  void makesNoMoreAttemptsAtOnceThanItMay() throws Exception {
    for (int parcel = 1; parcel <= 6; parcel++) parcels.add("house " + parcel, parcel, now());
    var begun = new CountDownLatch(AT_ONCE);
    var under = new AtomicInteger();
    var most = new AtomicInteger();
    parcels.carriedBy(
        _ -> {
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          begun.countDown();
          await(begun);
          under.decrementAndGet();
          return new Receipt.Accepted();
        });

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      dispatcher.due().forEach(house -> threads.execute(() -> dispatcher.dispatch(house)));
    }

    assertThat(parcels.carried()).hasSize(6);
    assertThat(most).hasValue(AT_ONCE);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void makesEachAttemptOnceByHoweverManyNodes() throws Exception {
    int count = Rounds.of(60);
    for (int parcel = 1; parcel <= count; parcel++) parcels.add("h" + parcel % 5, parcel, now());
    // The first try of every third parcel fails, so that some wait while others are carried.
    parcels.carriedBy(
        attempt ->
            attempt.parcel() % 3 == 0 && attempt.number() == 1 ? later() : new Receipt.Accepted());

    work(4);
    platform.clock().advance(WAITS.getFirst());
    work(4);

    assertThat(parcels.carried()).hasSize(count + count / 3).doesNotHaveDuplicates();
    for (int parcel = 1; parcel <= count; parcel++) {
      assertThat(parcels.status(parcel)).isEqualTo("delivered");
      assertThat(parcels.endings(parcel)).doesNotContain("abandoned", "open");
    }
  }

  /// Has so many nodes deliver until none finds anything to do.
  private void work(int nodes) throws Exception {
    var working = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < nodes; i++) {
        var node = node();
        working.add(
            threads.submit(
                () -> {
                  for (var due = node.due(); !due.isEmpty(); due = node.due()) {
                    due.forEach(node::dispatch);
                  }
                }));
      }
    }
    for (var each : working) each.get();
    deliver();
  }

  @Test
  void deliversAsLongAsTheScheduleWorks() {
    var looks = Duration.ofMillis(20);
    var pace = new Schedule.Pace(looks, Duration.ofSeconds(10));
    try (var schedule = new Schedule(platform.database().dataSource(), pace)) {
      dispatcher.runBy(schedule, "parcels.send", "parcels.look", looks);
      schedule.start();
      for (int parcel = 1; parcel <= 2 * TURN; parcel++) parcels.add("mill", parcel, now());

      Until.isTrue(() -> parcels.status(2 * TURN).equals("delivered"));
    }

    assertThat(parcels.order()).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
