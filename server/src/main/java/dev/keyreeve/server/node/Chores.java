package dev.keyreeve.server.node;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done as time passes. A chore that fails is logged and done again at its next time, so
/// each must bear being done twice.
final class Chores implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Chores.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chores").daemon().factory());

  /// Does a chore now and then each time the period has passed.
  void every(Duration period, String name, Runnable chore) {
    repeat(Duration.ZERO, period, name, chore);
  }

  /// Does a chore each time the period has passed: at the start there is nothing for it to do.
  void everyOnceRunning(Duration period, String name, Runnable chore) {
    repeat(period, period, name, chore);
  }

  private void repeat(Duration first, Duration period, String name, Runnable chore) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> attempt(name, chore), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void attempt(String name, Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException failure) {
      log.error("the chore '{}' failed, and is tried again at its next time", name, failure);
    }
  }

  /// Waits for the chore that is being done.
  @Override
  public void close() {
    timer.close();
  }
}
