package dev.keyreeve.platform.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What is done later. All nodes on one database share one schedule: each piece of work is claimed
/// by one of them and done at least once. A node that dies in the middle is noticed by its silent
/// heartbeat and its work claimed by another, so work must bear being done twice, and a unique row
/// in its own transaction makes a moment happen once.
///
/// Work is kept apart from changes: none of it is scheduled inside a tenant's transaction. Instead,
/// something recurring looks at what is due and asks for it [#soon]; what is asked for in vain, or
/// lost, is found again at the next look.
///
/// It runs by the system's clock; work that must know the time brings a clock of its own. All
/// methods may be called from any thread once it has started.
public final class Schedule implements AutoCloseable {
  private static final String TABLE = "scheduled_task";

  /// Much of the work waits for somebody else's server, and waiting costs a virtual thread nothing.
  private static final int AT_ONCE = 64;

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  private final DataSource database;
  private final Pace pace;
  private final List<RecurringTask<Void>> recurring = new ArrayList<>();
  private final Map<String, Task<Void>> tasks = new HashMap<>();
  private @Nullable Scheduler scheduler;

  /// @param looks how often this node looks for work that is due
  /// @param heartbeats how often it says of its work that it is still being done; work that missed
  ///   four of them is done by another node
  public record Pace(Duration looks, Duration heartbeats) {
    public static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(10));
  }

  public Schedule(DataSource database, Pace pace) {
    this.database = database;
    this.pace = pace;
  }

  /// Does something again and again: now, and each time the period has passed since it was done
  /// last, whichever node did it. If it fails, that is logged and it waits for its next time.
  public void every(Duration period, String name, Runnable work) {
    recurring.add(Tasks.recurring(name, FixedDelay.of(period)).execute((_, _) -> work.run()));
  }

  /// Says how a task is done for one instance of it. If it fails, it is done again after some
  /// seconds.
  public void task(String name, Consumer<String> work) {
    tasks.put(
        name,
        Tasks.oneTime(name)
            .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
            .execute((instance, _) -> work.accept(instance.getId())));
  }

  /// Begins to work.
  public void start() {
    var started =
        Scheduler.create(database, List.copyOf(tasks.values()))
            .startTasks(recurring)
            .tableName(TABLE)
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
            .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
            .threads(AT_ONCE)
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .pollingInterval(pace.looks())
            .heartbeatInterval(pace.heartbeats())
            .shutdownMaxWait(LAST_WAIT)
            .failureLogging(LogLevel.WARN, true)
            .build();
    started.start();
    scheduler = started;
  }

  /// Has a task done for an instance as soon as a node has time, unless it is waiting or being done
  /// already.
  public void soon(String task, String instance) {
    var known = tasks.get(task);
    if (known == null || scheduler == null) {
      throw new IllegalStateException("no such task has started: " + task);
    }
    scheduler.scheduleIfNotExists(known.instance(instance), Instant.now());
  }

  /// Waits a little for what is being done, then interrupts it; another node, or the next start,
  /// does it again.
  @Override
  public void close() {
    if (scheduler != null) scheduler.stop();
  }
}
