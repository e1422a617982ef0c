package dev.keyreeve.identity.access;

import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.platform.database.Outage;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The one door through which access changes. Each change commits together with its entries in the
/// log and in the audit chain, and is answered once it holds.
public final class AccessChanges {
  /// Makes the order of the log's numbers the order of commits.
  private static final long LOG_ORDER = 0x6368616e67657321L;

  private final Jdbi jdbi;
  private final AccessFeed feed;
  private final InstantSource clock;
  private final Consumer<Duration> waited;

  public AccessChanges(Jdbi jdbi, AccessFeed feed, InstantSource clock) {
    this(jdbi, feed, clock, _ -> {});
  }

  /// @param waited told of each change how long its confirmation took
  public AccessChanges(Jdbi jdbi, AccessFeed feed, InstantSource clock, Consumer<Duration> waited) {
    this.jdbi = jdbi;
    this.feed = feed;
    this.clock = clock;
    this.waited = waited;
  }

  /// Carries out the work; if it is refused, nothing changes.
  ///
  /// @throws IllegalStateException if the change is committed but cannot be confirmed to hold; or
  ///   if it touches somebody's access and records nothing, in which case nothing changes
  public <T> Outcome<Confirmed<T>> change(Actor actor, Instant now, Alteration.Work<T> work) {
    var seq = new long[1];
    var outcome =
        jdbi.inTransaction(
            handle -> {
              var alteration = new Alteration(handle, actor, now);
              var result = Outage.guard(() -> carryOut(alteration, work));
              if (result instanceof Outcome.Refused<T>) {
                handle.rollback();
              } else {
                seq[0] = Outage.guard(() -> append(handle, alteration.touched(), now));
              }
              return result;
            });
    return outcome.then(value -> confirm(value, seq[0]));
  }

  private static <T> Outcome<T> carryOut(Alteration alteration, Alteration.Work<T> work) {
    begin(alteration.handle());
    return work.in(alteration);
  }

  private static void begin(Handle handle) {
    handle.execute("set local lock_timeout = '5s'");
    handle.execute("set local statement_timeout = '10s'");
    handle.execute("select pg_advisory_xact_lock(?)", LOG_ORDER);
  }

  /// Has every node read sessions again whose last use moved on. Nobody's access changes by that,
  /// so nothing is recorded, and nobody waits for it.
  ///
  /// @param work answers with the ids of the sessions
  public void note(Instant now, Function<Handle, List<String>> work) {
    jdbi.useTransaction(
        handle -> {
          begin(handle);
          var touched = new LinkedHashSet<Basis>();
          for (var session : work.apply(handle)) {
            touched.add(new Basis(Basis.Kind.SESSION, session));
          }
          append(handle, touched, now);
        });
  }

  private <T> Outcome<Confirmed<T>> confirm(T value, long seq) {
    long began = System.nanoTime();
    int confirmedBy = seq == 0 ? 0 : feed.await(seq);
    waited.accept(Duration.ofNanos(System.nanoTime() - began));
    return Outcome.done(new Confirmed<>(value, clock.instant(), confirmedBy));
  }

  /// @return the last place in the log that this change takes; the log's end if it takes none, so
  ///   that a change which finds itself made before is not answered before it holds
  private static long append(Handle handle, Set<Basis> touched, Instant now) {
    if (touched.isEmpty()) return end(handle);

    handle.execute("select pg_notify(?, '')", AccessFeed.CHANNEL);
    long last = 0;
    for (var subject : touched) {
      last =
          handle
              .createQuery(
                  """
                  insert into access_change (subject_kind, subject_id, at)
                  values (:kind, :id, :at)
                  returning seq
                  """)
              .bind("kind", subject.kind().word())
              .bind("id", subject.id())
              .bind("at", now)
              .mapTo(Long.class)
              .one();
    }
    return last;
  }

  private static long end(Handle handle) {
    return handle
        .createQuery("select coalesce(max(seq), 0) from access_change")
        .mapTo(Long.class)
        .one();
  }
}
