package dev.keyreeve.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.limit.Spending.Allowance;
import dev.keyreeve.access.limit.Spending.Exhausted;
import dev.keyreeve.access.limit.Spending.Granted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What a meter promises when many threads spend at once. No count here depends on the machine.
class MeterRaceTest {
  private static final int THREADS = 64;
  private static final long NOW = 1_767_268_800_000L;

  private final Meter meter = new Meter();

  @RepeatedTest(5)
  void admitsExactlyTheLimitOfOneKey() throws Exception {
    var key = limit(600);
    var all = limit(1_000_000);
    var admitted = new LongAdder();

    race(
        thread -> {
          for (int i = 0; i < 100; i++) {
            if (meter.spend(key, all, 1, NOW) instanceof Granted) admitted.increment();
          }
        });

    assertThat(admitted.sum()).isEqualTo(600);
  }

  @RepeatedTest(5)
  void fillsTheLimitExactlyWithRequestsOfManySizes() throws Exception {
    var key = limit(600);
    var all = limit(1_000_000);
    var paid = new LongAdder();

    race(
        thread -> {
          var random = new Random(thread);
          for (int i = 0; i < 200; i++) {
            int cost = i < 150 ? 1 + random.nextInt(5) : 1;
            if (meter.spend(key, all, cost, NOW) instanceof Granted) paid.add(cost);
          }
        });

    assertThat(paid.sum()).isEqualTo(600);
  }

  @RepeatedTest(5)
  void admitsExactlyTheLimitOfAnOrganisationWhoseKeysHaveMore() throws Exception {
    var keys = limits(8, 600);
    var all = limit(300);
    var admitted = new LongAdder();

    race(
        thread -> {
          for (int i = 0; i < 50; i++) {
            if (meter.spend(keys.get(thread % 8), all, 1, NOW) instanceof Granted) {
              admitted.increment();
            }
          }
        });

    assertThat(admitted.sum()).isEqualTo(300);
  }

  @RepeatedTest(5)
  void overshootsNeitherLimitAndLosesNoCallWhereBothBind() throws Exception {
    var keys = limits(8, 100);
    var all = limit(500);
    var byKey = new ConcurrentHashMap<Limit, LongAdder>();

    race(
        thread -> {
          var random = new Random(thread);
          var key = keys.get(thread % 8);
          for (int i = 0; i < 100; i++) {
            int cost = 1 + random.nextInt(5);
            if (meter.spend(key, all, cost, NOW) instanceof Granted) {
              byKey.computeIfAbsent(key, _ -> new LongAdder()).add(cost);
            }
          }
        });

    assertThat(byKey.values()).allSatisfy(spent -> assertThat(spent.sum()).isBetween(1L, 100L));
    long paid = byKey.values().stream().mapToLong(LongAdder::sum).sum();
    assertThat(paid).isLessThanOrEqualTo(500);
    for (var key : keys) {
      while (meter.spend(key, all, 1, NOW) instanceof Granted) paid++;
    }
    assertThat(paid).isEqualTo(500);
  }

  @Test
  void answersTruthfullyWhileWindowsPassAndPaymentsAreTakenBack() throws Exception {
    var keys = List.of(limit(7), limit(8));
    var all = limit(9);
    var clock = new AtomicLong(NOW);
    var wrong = ConcurrentHashMap.<Exhausted>newKeySet();
    var paid = new ConcurrentHashMap<Window, Integer>();

    race(
        4,
        thread -> {
          var random = new Random(thread);
          for (int i = 0; i < 100_000; i++) {
            long now = clock.get();
            int cost = 1 + random.nextInt(5);
            switch (meter.spend(keys.get(thread % 2), all, cost, now)) {
              case Allowance(int limit, _, long reset) ->
                  paid.merge(new Window(limit, reset), cost, Integer::sum);
              case Exhausted refused -> {
                if (refused.remaining() >= cost) wrong.add(refused);
                clock.compareAndSet(now, now + 60_000);
              }
              default -> throw new AssertionError("these limits always answer");
            }
          }
        });

    assertThat(wrong).isEmpty();
    assertThat(paid).allSatisfy((window, calls) -> assertThat(calls).isBetween(1, window.limit()));
  }

  /// A window of the limit that was reported; the three limits of the test differ in their calls.
  private record Window(int limit, long resetSeconds) {}

  @Test
  void takesBackExactlyWhatALostPaymentHadTaken() throws Exception {
    int most = Integer.MAX_VALUE;
    var key = limit(most);
    var small = limits(100_000, 9);
    var next = new AtomicInteger();
    var paid = new LongAdder();

    race(
        4,
        thread -> {
          var random = new Random(thread);
          for (int i = next.get(); i < small.size(); i = next.get()) {
            int cost = 1 + random.nextInt(5);
            if (meter.spend(key, small.get(i), cost, NOW) instanceof Granted) paid.add(cost);
            else next.compareAndSet(i, i + 1);
          }
        });

    assertThat(meter.spend(key, limit(most), 1, NOW))
        .isEqualTo(new Allowance(most, (int) (most - paid.sum() - 1), NOW / 1000 + 60));
  }

  @RepeatedTest(5)
  void keepsEachWindowWhereThreadsReadTheClockApart() throws Exception {
    var key = new Limit(meter.allocate(), 7, 50);
    var all = limit(1_000_000);
    var clock = new AtomicLong(NOW);
    var byReset = new ConcurrentHashMap<Long, LongAdder>();

    race(
        thread -> {
          for (int i = 0; i < 300; i++) {
            long read = clock.addAndGet(20) - thread * 10L;
            if (meter.spend(key, all, 1, read) instanceof Allowance granted) {
              byReset.computeIfAbsent(granted.resetSeconds(), _ -> new LongAdder()).increment();
            }
          }
        });

    assertThat(byReset).hasSizeGreaterThan(5);
    assertThat(byReset.values()).allSatisfy(spent -> assertThat(spent.sum()).isEqualTo(50));
  }

  @Test
  void keepsItsCountsWhileItGrows() throws Exception {
    var key = limit(600);
    var all = limit(1_000_000);
    var grown = new AtomicBoolean();
    var admitted = new LongAdder();
    var slots = ConcurrentHashMap.<Integer>newKeySet();

    race(
        8,
        thread -> {
          if (thread < 2) {
            for (int i = 0; i < 25_000; i++) slots.add(meter.allocate());
            grown.set(true);
            return;
          }
          while (!grown.get()) {
            if (meter.spend(key, all, 1, NOW) instanceof Granted) admitted.increment();
          }
        });

    while (meter.spend(key, all, 1, NOW) instanceof Granted) admitted.increment();
    assertThat(admitted.sum()).isEqualTo(600);
    assertThat(slots).hasSize(50_000).doesNotContain(key.slot(), all.slot());
  }

  private Limit limit(int calls) {
    return new Limit(meter.allocate(), 0, calls);
  }

  private List<Limit> limits(int count, int calls) {
    var limits = new ArrayList<Limit>();
    for (int i = 0; i < count; i++) limits.add(limit(calls));
    return limits;
  }

  private static void race(IntConsumer spender) throws Exception {
    race(THREADS, spender);
  }

  /// Runs all threads at once, to their ends.
  private static void race(int count, IntConsumer spender) throws Exception {
    var start = new CountDownLatch(count);
    var tasks = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < count; i++) {
      int thread = i;
      tasks.add(
          () -> {
            start.countDown();
            start.await();
            spender.accept(thread);
            return thread;
          });
    }
    try (var threads = Executors.newFixedThreadPool(count)) {
      for (var ended : threads.invokeAll(tasks)) ended.get();
    }
  }
}
