package dev.keyreeve.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.Until;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FairQueueTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void takesTurnsBetweenOwners() throws Exception {
    var queue = new FairQueue(1, 100, 1000);
    var done = new CountDownLatch(7);
    queue.offer("first", 1, this::waitAtTheGate);
    for (var owner : List.of("busy", "busy", "busy", "busy", "quiet", "other", "quiet")) {
      queue.offer(
          owner,
          1,
          () -> {
            order.add(owner);
            done.countDown();
          });
    }

    gate.countDown();

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly("busy", "quiet", "other", "busy", "quiet", "busy", "busy");
    queue.close();
  }

  @Test
  void refusesWorkOfAnOwnerWhoHasTooMuchWaiting() {
    var queue = new FairQueue(1, 2, 1000);
    queue.offer("busy", 1, this::waitAtTheGate);

    assertThat(queue.offer("busy", 1, () -> {})).isTrue();
    assertThat(queue.offer("busy", 1, () -> {})).isTrue();
    assertThat(queue.offer("busy", 1, () -> {})).isFalse();
    assertThat(queue.offer("quiet", 1, () -> {})).isTrue();

    gate.countDown();
    queue.close();
  }

  @Test
  void holdsNoMoreThanItsMemoryAndGetsItBack() {
    var queue = new FairQueue(1, 10, 1000);
    queue.offer("a", 600, this::waitAtTheGate);

    assertThat(queue.offer("b", 401, () -> {})).isFalse();
    assertThat(queue.offer("b", 400, () -> {})).isTrue();
    gate.countDown();

    Until.isTrue(() -> queue.offer("c", 1000, () -> {}));
    queue.close();
  }

  @Test
  void neverRunsMoreAtOnceThanItMay() throws Exception {
    var queue = new FairQueue(4, 1000, 1000);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new CountDownLatch(400);
    for (int i = 0; i < 400; i++) {
      queue.offer(
          "owner " + i % 7,
          1,
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            done.countDown();
          });
    }

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 4);
    queue.close();
  }

  @Test
  void finishesWhatItTookBeforeItCloses() {
    var queue = new FairQueue(1, 10, 1000);
    queue.offer("a", 1, this::waitAtTheGate);
    queue.offer("a", 1, () -> order.add("late"));

    gate.countDown();
    queue.close();

    assertThat(order).containsExactly("late");
    assertThat(queue.offer("a", 1, () -> {})).isFalse();
  }

  @Test
  void goesOnAfterWorkThatFails() throws Exception {
    var queue = new FairQueue(1, 10, 1000);
    var done = new CountDownLatch(1);
    queue.offer(
        "a",
        1,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    queue.offer("a", 1, done::countDown);

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    queue.close();
  }

  private void waitAtTheGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
