package dev.keyreeve.directdebit.collector.moment;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.collector.serviceuser.Clock;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUser;
import dev.keyreeve.directdebit.collector.serviceuser.ServiceUsers;
import dev.keyreeve.platform.schedule.Schedule;
import dev.keyreeve.platform.tenancy.Across;
import dev.keyreeve.platform.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has every moment of a service user's day happen, in order, each once.
///
/// A moment is one transaction that holds the service user's row, does all jobs and writes the
/// moment's own row. If a job fails, the moment has not happened: the service user's day stands
/// still, and goes on there at the next look.
public final class Moments {
  private static final Logger log = LoggerFactory.getLogger(Moments.class);
  private static final Duration LOOKS = Duration.ofSeconds(3);
  private static final Duration COMPLAINS = Duration.ofMinutes(10);

  /// Longest wait for whoever holds a lock that a moment needs.
  private static final String LOCK_TIMEOUT = "20s";

  private final Tenancy tenancy;
  private final ServiceUsers users;
  private final BacsCalendar calendar;
  private final Lapses lapses;
  private final Map<MomentKind, List<Job>> jobs;
  private final Map<String, Instant> complainedAt = new ConcurrentHashMap<>();

  /// @param jobs what is done at each kind of moment, in this order
  public Moments(
      Tenancy tenancy,
      ServiceUsers users,
      BacsCalendar calendar,
      Lapses lapses,
      Map<MomentKind, List<Job>> jobs) {
    this.tenancy = tenancy;
    this.users = users;
    this.calendar = calendar;
    this.lapses = lapses;
    this.jobs = new EnumMap<>(MomentKind.class);
    this.jobs.putAll(jobs);
  }

  /// Looks every few seconds at what has passed.
  public void runBy(Schedule schedule, InstantSource clock) {
    schedule.every(LOOKS, "directdebit.moments", () -> look(clock));
  }

  /// Does what has passed for every service user, by its own clock, a moment of each in turn: none
  /// waits for all that another has to catch up with. What somebody else is at is left to them.
  ///
  /// @param now what the server's clock shows
  /// @return how many moments happened
  public int look(Instant now) {
    return look(() -> now);
  }

  private int look(InstantSource clock) {
    int happened = 0;
    var failed = new HashSet<String>();
    while (true) {
      var now = clock.instant();
      int inTurn = 0;
      for (var clocked : users.clocked(now)) {
        if (!failed.contains(clocked.user().id())) inTurn += look(clocked, now, failed);
      }
      if (inTurn == 0) return happened;

      happened += inTurn;
    }
  }

  private int look(ServiceUsers.Clocked clocked, Instant now, Set<String> failed) {
    var user = clocked.user().id();
    try {
      int happened = run(user, clocked.now(), now, false, 1);
      complainedAt.remove(user);
      return happened;
    } catch (RuntimeException failure) {
      failed.add(user);
      complain(user, now, failure);
      return 0;
    }
  }

  /// A day that stands still is told of now and then, not at every look.
  private void complain(String user, Instant now, RuntimeException failure) {
    var last = complainedAt.get(user);
    if (last != null && now.isBefore(last.plus(COMPLAINS))) return;

    complainedAt.put(user, now);
    log.error("the day of service user {} stands still until this is mended", user, failure);
  }

  /// Does every moment of a service user up to and including an instant of its clock, and what
  /// lapses between them. Waits for whoever is doing a moment at the same time.
  ///
  /// @param until what the service user's clock shows, or will show
  /// @param now what the server's clock shows
  /// @return how many moments happened here
  public int run(String serviceUser, Instant until, Instant now) {
    return run(serviceUser, until, now, true, Integer.MAX_VALUE);
  }

  /// @param waits whether to wait for somebody else who is at a moment; what they do is left to
  ///   them otherwise
  /// @param most how many moments there may be
  private int run(String serviceUser, Instant until, Instant now, boolean waits, int most) {
    int happened = 0;
    while (happened < most) {
      var user = users.find(serviceUser).orElseThrow();
      var next = Moment.after(user.momentsUntil(), calendar);
      if (next.at().isAfter(until)) {
        lapses.until(serviceUser, until, now);
        break;
      }
      lapses.until(serviceUser, next.at(), now);
      switch (tenancy.across(next.at(), across -> happen(across, user, next, now, waits))) {
        case HAPPENED -> happened++;
        case HAPPENED_ELSEWHERE -> {}
        case HELD -> {
          return happened;
        }
      }
    }
    return happened;
  }

  private enum Ending {
    HAPPENED,
    /// Somebody else has done it meanwhile.
    HAPPENED_ELSEWHERE,
    /// Somebody else is at it.
    HELD
  }

  private Ending happen(
      Across across, ServiceUser seen, Moment moment, Instant now, boolean waits) {
    var handle = across.handle();
    handle.execute("set local lock_timeout = '" + LOCK_TIMEOUT + "'");
    Optional<ServiceUser> held =
        waits ? ServiceUsers.lock(handle, seen.id()) : ServiceUsers.lockIfFree(handle, seen.id());
    if (held.isEmpty()) return Ending.HELD;

    var user = held.get();
    if (!user.momentsUntil().equals(seen.momentsUntil())) return Ending.HAPPENED_ELSEWHERE;

    moveOn(handle, user, moment.at(), now);
    insert(handle, user, moment);
    for (var job : jobs.getOrDefault(moment.kind(), List.of())) job.at(moment, user, across);
    ServiceUsers.passed(handle, user.id(), moment.at());
    return Ending.HAPPENED;
  }

  /// A sandbox's clock that is being advanced passes each moment as it happens, so that no call
  /// sees a time whose moments are still to come.
  private static void moveOn(Handle handle, ServiceUser user, Instant to, Instant now) {
    ServiceUsers.clock(handle, user.id())
        .filter(clock -> clock.at(now).isBefore(to))
        .ifPresent(
            clock -> ServiceUsers.put(handle, user.id(), new Clock(to, now, clock.frozen())));
  }

  /// The row that makes it happen once: a second one stops the transaction.
  private static void insert(Handle handle, ServiceUser user, Moment moment) {
    handle
        .createUpdate(
            """
            insert into moment (service_user_id, kind, day, done_at)
            values (:user, :kind, :day, :at)
            """)
        .bind("user", user.id())
        .bind("kind", moment.kind().word())
        .bind("day", moment.day())
        .bind("at", moment.at())
        .execute();
  }
}
