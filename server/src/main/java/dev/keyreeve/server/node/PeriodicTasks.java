package dev.keyreeve.server.node;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done as time passes. A task that fails is logged and done again at its next time, so
/// each must bear being done twice.
final class PeriodicTasks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeriodicTasks.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tasks").daemon().factory());

  /// Does a task now and then each time the period has passed.
  void every(Duration period, String name, Runnable task) {
    repeat(Duration.ZERO, period, name, task);
  }

  /// Does a task each time the period has passed: at the start there is nothing for it to do.
  void everyOnceRunning(Duration period, String name, Runnable task) {
    repeat(period, period, name, task);
  }

  private void repeat(Duration first, Duration period, String name, Runnable task) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> attempt(name, task), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void attempt(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      log.error("the task '{}' failed, and is tried again at its next time", name, failure);
    }
  }

  /// Waits for the task that is being done.
  @Override
  public void close() {
    timer.close();
  }
}
