package dev.keyreeve.identity.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the journal in batches and merges each into the database, in one transaction together with
/// the mark of how far it was read: whatever is killed when, a record counts once.
///
/// The mark in the database is the truth. It is read, and locked, at the beginning of each
/// transaction; so it does not matter if the end of the one before was never heard of.
public final class Drain implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  /// Records that are merged at once.
  private static final int BATCH = 2000;

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final Journal journal;
  private final List<Merge> merges;
  private final InstantSource clock;
  private final Thread thread = Thread.ofPlatform().name("drain").daemon().unstarted(this::run);
  private Loss told = Loss.NONE;
  private volatile boolean stopping;

  /// @param merges in the order in which their tables are locked
  public Drain(Jdbi jdbi, Journal journal, List<Merge> merges, InstantSource clock) {
    this.jdbi = jdbi;
    this.journal = journal;
    this.merges = List.copyOf(merges);
    this.clock = clock;
  }

  /// Goes on merging until it is closed.
  public void start() {
    thread.start();
  }

  private void run() {
    boolean failing = false;
    while (!stopping) {
      try {
        drainOnce();
        if (failing) log.info("the journal is being merged again");
        failing = false;
      } catch (RuntimeException failure) {
        if (!failing) log.error("the journal cannot be merged, and is tried again", failure);
        failing = true;
      }
      LockSupport.parkNanos(this, (failing ? PAUSE_AFTER_FAILURE : PAUSE).toNanos());
    }
  }

  /// Merges what has been written until now, that of earlier starts first.
  ///
  /// @return how many records were merged
  public synchronized int drainOnce() {
    int merged = 0;
    for (var leftover : List.copyOf(journal.leftovers())) {
      do {
        merged += merge(leftover);
      } while (!leftover.isDone());
      journal.forget(leftover);
    }
    journal.writeSums();
    var loss = journal.loss();
    while (journal.hasUnread() || !loss.equals(told)) {
      int some = merge(journal);
      told = loss;
      merged += some;
      if (some == 0) break; // The next place is reserved, and not yet filled.
    }
    return merged;
  }

  /// One batch.
  private int merge(Source source) {
    var batch = jdbi.inTransaction(handle -> merge(handle, source));
    source.release(batch.to());
    return batch.entries().size();
  }

  private Source.Batch merge(Handle handle, Source source) {
    handle.execute("set local lock_timeout = '10s'");
    var now = clock.instant();
    var mark = lockMark(handle, source.id(), now);
    var batch = source.read(mark.readTo(), BATCH);
    var loss = source.loss();
    for (var merge : merges) merge.merge(handle, batch.entries());
    if (!loss.equals(mark.loss())) addLoss(handle, source.id(), mark.loss(), loss);
    move(handle, source.id(), mark, batch.to(), loss, now);
    return batch;
  }

  /// How far a source was read, and what it had lost by then.
  private record Mark(long readTo, Loss loss) {}

  private static Mark lockMark(Handle handle, String source, Instant now) {
    var mark = findMark(handle, source);
    if (mark != null) return mark;
    handle
        .createUpdate(
            """
            insert into call_source (source_id, read_to, lost_calls, lost_of_nobody, lost_at, moved_at)
            values (:source, 0, 0, 0, 0, :now)
            on conflict do nothing
            """)
        .bind("source", source)
        .bind("now", now)
        .execute();
    mark = findMark(handle, source);
    if (mark == null) throw new IllegalStateException("the mark of a journal vanished");
    return mark;
  }

  private static @Nullable Mark findMark(Handle handle, String source) {
    return handle
        .createQuery(
            """
            select read_to, lost_calls, lost_of_nobody, lost_at from call_source
            where source_id = :source for update
            """)
        .bind("source", source)
        .map(
            (row, _) ->
                new Mark(
                    row.getLong("read_to"),
                    new Loss(
                        row.getLong("lost_calls"),
                        row.getLong("lost_of_nobody"),
                        row.getLong("lost_at"))))
        .findOne()
        .orElse(null);
  }

  private static void addLoss(Handle handle, String source, Loss before, Loss now) {
    handle
        .createUpdate(
            """
            insert into call_loss (at, source_id, calls, of_nobody)
            values (date_trunc('minute', :at::timestamptz), :source, :calls, :ofNobody)
            on conflict (at, source_id) do update
            set calls = call_loss.calls + excluded.calls,
                of_nobody = call_loss.of_nobody + excluded.of_nobody
            """)
        .bind("at", Instant.ofEpochMilli(now.lastMillis()))
        .bind("source", source)
        .bind("calls", now.calls() - before.calls())
        .bind("ofNobody", now.ofNobody() - before.ofNobody())
        .execute();
  }

  private static void move(
      Handle handle, String source, Mark before, long to, Loss loss, Instant now) {
    int moved =
        handle
            .createUpdate(
                """
                update call_source
                set read_to = :to, lost_calls = :calls, lost_of_nobody = :ofNobody,
                    lost_at = :lostAt, moved_at = :now
                where source_id = :source and read_to = :before
                """)
            .bind("source", source)
            .bind("before", before.readTo())
            .bind("to", to)
            .bind("calls", loss.calls())
            .bind("ofNobody", loss.ofNobody())
            .bind("lostAt", loss.lastMillis())
            .bind("now", now)
            .execute();
    if (moved != 1) throw new IllegalStateException("the mark of a journal was moved meanwhile");
  }

  /// Forgets the marks of sources that are long gone.
  public void forgetMarksBefore(Instant before) {
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(
                  "delete from call_source where moved_at < :before and source_id <> :own")
              .bind("before", before)
              .bind("own", journal.id())
              .execute();
          handle
              .createUpdate("delete from call_loss where at < :before")
              .bind("before", before)
              .execute();
        });
  }

  /// Merges what was written until now, if it can, and ends.
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
      // Sums may have waited for the room that the first time made.
      while (drainOnce() > 0) Thread.onSpinWait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      log.warn(
          "the journal could not be merged to its end; that is done at the next start", failure);
    }
  }
}
