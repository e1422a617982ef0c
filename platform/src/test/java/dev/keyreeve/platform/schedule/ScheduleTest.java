package dev.keyreeve.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.database.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Schedule.Pace QUICK = new Schedule.Pace(OFTEN, Duration.ofSeconds(10));

  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(TestPlatform.freshLocation());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void doesRecurringWorkAgainAndAgainOnOneNodeAtATime() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var times = new AtomicInteger();
    Runnable work =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          times.incrementAndGet();
          running.decrementAndGet();
        };

    try (var one = new Schedule(database.dataSource(), QUICK);
        var other = new Schedule(database.dataSource(), QUICK)) {
      one.every(OFTEN, "work", work);
      other.every(OFTEN, "work", work);
      one.start();
      other.start();
      Until.isTrue(() -> times.get() > 20);
    }

    assertThat(most).hasValue(1);
  }

  @Test
  void doesRecurringWorkAgainAfterItFailed() {
    var times = new AtomicInteger();
    try (var schedule = new Schedule(database.dataSource(), QUICK)) {
      schedule.every(
          OFTEN,
          "work",
          () -> {
            if (times.incrementAndGet() == 1) throw new IllegalStateException("the first time");
          });
      schedule.start();

      Until.isTrue(() -> times.get() > 2);
    }
  }

  @Test
  void doesATaskOnceForAnInstanceThatIsAskedForAgainMeanwhile() {
    Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    var goOn = new CountDownLatch(1);
    try (var schedule = new Schedule(database.dataSource(), QUICK)) {
      schedule.task(
          "greet",
          name -> {
            done.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
            await(goOn);
          });
      schedule.start();

      schedule.soon("greet", "ann");
      Until.isTrue(() -> done.containsKey("ann"));
      schedule.soon("greet", "ann");
      schedule.soon("greet", "bob");
      Until.isTrue(() -> done.containsKey("bob"));
      goOn.countDown();
    }

    assertThat(done.get("ann")).hasValue(1);
    assertThat(done.get("bob")).hasValue(1);
  }

  @Test
  void leavesWorkThatWasInterruptedToTheNextStart() {
    Set<String> done = ConcurrentHashMap.newKeySet();
    var begun = new CountDownLatch(1);
    try (var schedule = new Schedule(database.dataSource(), QUICK)) {
      schedule.task(
          "greet",
          _ -> {
            begun.countDown();
            await(new CountDownLatch(1));
          });
      schedule.start();
      schedule.soon("greet", "ann");
      await(begun);
    }

    var quick = new Schedule.Pace(OFTEN, Duration.ofMillis(100));
    try (var schedule = new Schedule(database.dataSource(), quick)) {
      schedule.task("greet", done::add);
      schedule.start();
      Until.isTrue(() -> done.contains("ann"));
    }
  }

  @Test
  void knowsNoOtherTasks() {
    try (var schedule = new Schedule(database.dataSource(), QUICK)) {
      schedule.task("greet", _ -> {});
      assertThatThrownBy(() -> schedule.soon("greet", "ann"))
          .isInstanceOf(IllegalStateException.class);

      schedule.start();

      assertThatThrownBy(() -> schedule.soon("other", "ann"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
