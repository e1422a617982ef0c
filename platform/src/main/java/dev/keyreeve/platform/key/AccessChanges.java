package dev.keyreeve.platform.key;

import dev.keyreeve.procedure.Outcome;
import java.time.InstantSource;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The one door through which access changes: each change commits together with its entry in the
/// log, and is answered once this node's directory has it.
public final class AccessChanges {
  /// Makes the order of the log's numbers the order of commits.
  private static final long LOG_ORDER = 0x6368616e67657321L;

  private final Jdbi jdbi;
  private final AccessFeed feed;
  private final InstantSource clock;

  public AccessChanges(Jdbi jdbi, AccessFeed feed, InstantSource clock) {
    this.jdbi = jdbi;
    this.feed = feed;
    this.clock = clock;
  }

  /// Whose access changes.
  public enum Kind {
    KEY("key"),
    ORGANISATION("organisation");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /// Carries out the work; if it is refused, nothing changes.
  ///
  /// @throws IllegalStateException if the change is committed but this node cannot confirm that it
  ///   holds; it then permits nobody until it can
  public <T> Outcome<T> change(Kind kind, String subjectId, Function<Handle, Outcome<T>> work) {
    var seq = new long[1];
    var outcome =
        jdbi.inTransaction(
            handle -> {
              handle.execute("set local lock_timeout = '5s'");
              handle.execute("select pg_advisory_xact_lock(?)", LOG_ORDER);
              var result = work.apply(handle);
              if (result instanceof Outcome.Refused<T>) {
                handle.rollback();
              } else {
                seq[0] = append(handle, kind, subjectId);
              }
              return result;
            });
    if (outcome instanceof Outcome.Done && !feed.await(seq[0])) {
      throw new IllegalStateException("the change is made, but cannot be confirmed to hold yet");
    }
    return outcome;
  }

  private long append(Handle handle, Kind kind, String subjectId) {
    handle.execute("select pg_notify(?, '')", AccessFeed.CHANNEL);
    return handle
        .createQuery(
            """
            insert into access_change (subject_kind, subject_id, at)
            values (:kind, :id, :at)
            returning seq
            """)
        .bind("kind", kind.word)
        .bind("id", subjectId)
        .bind("at", clock.instant())
        .mapTo(Long.class)
        .one();
  }
}
