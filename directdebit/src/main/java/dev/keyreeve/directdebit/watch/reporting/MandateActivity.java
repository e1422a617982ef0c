package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts how mandates came and went, from the log of events, which knows each mandate's every
/// status with the instant at which it began.
final class MandateActivity {
  /// Events of one mandate are numbered in the order in which they happened; an instant that falls
  /// behind the one before, as two calls at once may bring about, is taken to be the same.
  private static final String STEPS =
      """
      with told as (
        select subject_id, seq, type, max(occurred_at) over w as at,
               snapshot ->> 'status' as status, snapshot ->> 'initiator' as initiator,
               snapshot ->> 'reason' as reason, snapshot ->> 'since' as since,
               coalesce((snapshot ->> 'resubmitting')::boolean, false) as resubmitting
        from event
        where workspace_id = :workspace and (type like 'mandate.%' or type like 'invite.%')
        window w as (partition by subject_id order by seq)
      ),
      known as (
        select * from told where at <= :asOf and at < :end and status is not null
      ),
      steps as (
        select subject_id, seq, type, at, status, initiator, reason, resubmitting,
               lag(status) over w as before,
               coalesce(lag(resubmitting) over w, false) as was_resubmitting,
               max(lpad(seq::text, 19, '0') || status)
                 filter (where status in ('cancelled', 'expired', 'failed')) over earlier
                 as last_end,
               max(since::timestamptz) filter (where status = 'pending_submission') over earlier
                 as authorised_at
        from known
        window w as (partition by subject_id order by seq),
               earlier as (partition by subject_id order by seq
                           rows between unbounded preceding and 1 preceding)
      ),
      moves as (
        select subject_id as mandate_id, at, (at at time zone 'Europe/London')::date as day,
               reason, authorised_at, before, status, resubmitting, was_resubmitting,
               case
                 when coalesce(before, '') not in ('active', 'suspended')
                   and status in ('active', 'suspended') then
                   case
                     when type = 'mandate.reinstated' then 'reinstated'
                     when substr(last_end, 20) in ('cancelled', 'expired') then 'reactivated'
                     else 'activated'
                   end
                 when before in ('active', 'suspended') and status = 'cancelled'
                   then 'cancelled_by_' || coalesce(initiator, 'nobody')
                 when before in ('active', 'suspended') and status = 'expired' then 'expired'
                 when before = 'active' and status = 'suspended' then 'suspended'
                 when before = 'suspended' and status = 'active' then 'lifted'
               end as kind
        from steps
        where at >= :start
      )
      """;

  /// All that is counted, in one pass over the log.
  private static String counts(@Nullable Grouping groupBy) {
    boolean isApart = groupBy != null && !groupBy.isOfTime();
    return STEPS
        + """
        , first as (
          select distinct on (subject_id) subject_id as mandate_id, status
          from known
          where at < :start
          order by subject_id, seq desc
        ),
        last as (
          select distinct on (subject_id) subject_id as mandate_id, status
          from known
          order by subject_id, seq desc
        ),
        setups as (
          select case
            when before = 'submitted' and status = 'failed' then 'returned'
            when was_resubmitting and status = 'cancelled' and reason like 'AUDDIS-%%'
              then 'returned'
            when before = 'submitted' and status = 'active' then 'accepted'
            when was_resubmitting and not resubmitting
              and status in ('active', 'suspended') then 'accepted'
          end as came_to
          from moves
        )
        select 'moved' as what, %1$s as key, kind as word, null::date as authorised_on,
               null::date as day, count(*) as n
        from moves k %2$s
        where kind is not null
        group by 2, 3
        union all
        select 'opening', %3$s, null, null, null, count(*)
        from first k %4$s
        where k.status in ('active', 'suspended')
        group by 2
        union all
        select 'closing', %3$s, null, null, null, count(*)
        from last k %4$s
        where k.status in ('active', 'suspended')
        group by 2
        union all
        select 'cancelled', null, reason, null, null, count(*)
        from moves
        where kind like 'cancelled_by_%%'
        group by reason
        union all
        select 'set_up', null, came_to, null, null, count(*)
        from setups
        where came_to is not null
        group by came_to
        union all
        select 'active', null, null, (authorised_at at time zone 'Europe/London')::date, k.day,
               count(*)
        from moves k
        where kind in ('activated', 'reactivated') and authorised_at is not null
        group by 4, 5
        """
            .formatted(
                key(groupBy),
                sources(groupBy),
                isApart ? key(groupBy) : "null::text",
                isApart ? sources(groupBy) : "");
  }

  private static final int MOST_REASONS = 100;

  private static final String KEY_SOURCES =
      """
      left join mandate m on m.id = k.mandate_id and m.workspace_id = :workspace
      left join lateral (
        select day_of_month, starts_on from schedule
        where workspace_id = :workspace and mandate_id = k.mandate_id
        order by status = 'active' desc, created_at desc, id desc
        limit 1
      ) s on true
      """;

  private final BacsCalendar calendar;

  MandateActivity(BacsCalendar calendar) {
    this.calendar = calendar;
  }

  /// What changed, in one group.
  private record Moves(
      long activated,
      long reinstated,
      long reactivated,
      long byPayer,
      long byBank,
      long byAgent,
      long expired,
      long suspended,
      long lifted) {
    static final Moves NONE = new Moves(0, 0, 0, 0, 0, 0, 0, 0, 0);

    Moves plus(Moves that) {
      return new Moves(
          activated + that.activated,
          reinstated + that.reinstated,
          reactivated + that.reactivated,
          byPayer + that.byPayer,
          byBank + that.byBank,
          byAgent + that.byAgent,
          expired + that.expired,
          suspended + that.suspended,
          lifted + that.lifted);
    }

    long net() {
      return activated + reinstated + reactivated - byPayer - byBank - byAgent - expired;
    }

    ActivityReport.Activity between(long opening, long closing) {
      return ActivityReport.Activity.of(
          new Balance(
              opening,
              activated,
              reinstated,
              reactivated,
              byPayer,
              byBank,
              byAgent,
              expired,
              closing),
          suspended,
          lifted);
    }

    static Moves of(Map<String, Long> byKind) {
      return new Moves(
          byKind.getOrDefault("activated", 0L),
          byKind.getOrDefault("reinstated", 0L),
          byKind.getOrDefault("reactivated", 0L),
          byKind.getOrDefault("cancelled_by_payer", 0L),
          byKind.getOrDefault("cancelled_by_bank", 0L),
          byKind.getOrDefault("cancelled_by_agent", 0L),
          byKind.getOrDefault("expired", 0L),
          byKind.getOrDefault("suspended", 0L),
          byKind.getOrDefault("lifted", 0L));
    }
  }

  /// What was counted.
  ///
  /// @param what it is that was counted
  /// @param key of the group
  /// @param word a kind of move, a reason, or what an instruction came to
  private record Counted(
      String what,
      @Nullable String key,
      @Nullable String word,
      @Nullable LocalDate authorisedOn,
      @Nullable LocalDate day,
      long n) {}

  private static List<Counted> count(Tx tx, View view) {
    return view.query(tx, counts(view.groupBy()))
        .map(
            (row, _) ->
                new Counted(
                    row.getString("what"),
                    row.getString("key"),
                    row.getString("word"),
                    row.getObject("authorised_on", LocalDate.class),
                    row.getObject("day", LocalDate.class),
                    row.getLong("n")))
        .list();
  }

  private static Stream<Counted> of(List<Counted> all, String what) {
    return all.stream().filter(each -> each.what().equals(what));
  }

  Outcome<ActivityReport> of(Tx tx, View view) {
    if (view.groupBy() == Grouping.REASON) return Outcome.refused(Refusals.GROUPING_NOT_OFFERED);

    var counted = count(tx, view);
    var moves = moves(counted);
    var all = moves.values().stream().reduce(Moves.NONE, Moves::plus);
    var opening = standing(counted, "opening");
    var closing = standing(counted, "closing");
    var total = all.between(sum(opening), sum(closing));
    return View.bounded(groups(view, moves, opening, closing))
        .then(groups -> Outcome.done(report(tx, view, counted, total, groups)));
  }

  private ActivityReport report(
      Tx tx,
      View view,
      List<Counted> counted,
      ActivityReport.Activity total,
      List<ActivityReport.ActivityGroup> groups) {
    return new ActivityReport(
        view.window().from(),
        view.window().to(),
        view.asOf(),
        false,
        total,
        cancellations(counted),
        invites(tx, view),
        setupFailures(counted),
        Median.of(daysToActive(counted)),
        view.groupBy() == null ? null : groups);
  }

  private static List<ActivityReport.ActivityGroup> groups(
      View view,
      Map<@Nullable String, Moves> moves,
      Map<@Nullable String, Long> opening,
      Map<@Nullable String, Long> closing) {
    var groupBy = view.groupBy();
    if (groupBy == null) return List.of();
    return groupBy.isOfTime()
        ? inTime(view, groupBy, moves, sum(opening))
        : apart(moves, opening, closing);
  }

  /// One day, week or month after the other, each opening with what the one before closed with.
  private static List<ActivityReport.ActivityGroup> inTime(
      View view, Grouping groupBy, Map<@Nullable String, Moves> moves, long opening) {
    var groups = new ArrayList<ActivityReport.ActivityGroup>();
    var last = min(view.window().to(), London.dateOf(view.asOf()));
    var keys = new TreeSet<String>();
    for (var day = view.window().from(); !day.isAfter(last); day = day.plusDays(1)) {
      keys.add(groupBy.keyOf(day));
    }
    long standing = opening;
    for (var key : keys) {
      var those = moves.getOrDefault(key, Moves.NONE);
      long closing = standing + those.net();
      groups.add(new ActivityReport.ActivityGroup(key, those.between(standing, closing)));
      standing = closing;
    }
    return groups;
  }

  private static LocalDate min(LocalDate left, LocalDate right) {
    return left.isBefore(right) ? left : right;
  }

  private static List<ActivityReport.ActivityGroup> apart(
      Map<@Nullable String, Moves> moves,
      Map<@Nullable String, Long> opening,
      Map<@Nullable String, Long> closing) {
    var keys = new LinkedHashMap<@Nullable String, Boolean>();
    opening.keySet().forEach(key -> keys.put(key, true));
    closing.keySet().forEach(key -> keys.put(key, true));
    moves.keySet().forEach(key -> keys.put(key, true));
    return keys.keySet().stream()
        .sorted(GroupOrder.BY_KEY)
        .map(
            key ->
                new ActivityReport.ActivityGroup(
                    key,
                    moves
                        .getOrDefault(key, Moves.NONE)
                        .between(opening.getOrDefault(key, 0L), closing.getOrDefault(key, 0L))))
        .toList();
  }

  private static String key(@Nullable Grouping groupBy) {
    return switch (groupBy) {
      case null -> "null::text";
      case DAY, WEEK, MONTH -> groupBy.keyOf("k.day");
      case REASON -> "k.reason";
      case SCHEDULE_DAY -> Grouping.SCHEDULE_KEY;
      case TAG -> "m.metadata ->> :tagKey";
    };
  }

  private static String sources(@Nullable Grouping groupBy) {
    return groupBy == Grouping.SCHEDULE_DAY || groupBy == Grouping.TAG ? KEY_SOURCES : "";
  }

  private static Map<@Nullable String, Moves> moves(List<Counted> counted) {
    var kinds = new HashMap<@Nullable String, Map<String, Long>>();
    of(counted, "moved")
        .forEach(
            each ->
                kinds
                    .computeIfAbsent(each.key(), _ -> new HashMap<>())
                    .put(Objects.requireNonNull(each.word()), each.n()));
    var moves = new HashMap<@Nullable String, Moves>();
    kinds.forEach((key, byKind) -> moves.put(key, Moves.of(byKind)));
    return moves;
  }

  private static Map<@Nullable String, Long> standing(List<Counted> counted, String when) {
    var standing = new HashMap<@Nullable String, Long>();
    of(counted, when).forEach(each -> standing.put(each.key(), each.n()));
    return standing;
  }

  private static long sum(Map<@Nullable String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<ActivityReport.ReasonCancellations> cancellations(List<Counted> counted) {
    return of(counted, "cancelled")
        .sorted(
            Comparator.comparingLong(Counted::n)
                .reversed()
                .thenComparing(Counted::word, Comparator.nullsLast(Comparator.naturalOrder())))
        .limit(MOST_REASONS)
        .map(each -> new ActivityReport.ReasonCancellations(each.word(), each.n()))
        .toList();
  }

  /// An instruction is returned where a submitted mandate fails, and where one that was being
  /// lodged anew ends for a reason of AUDDIS.
  private static Ratio setupFailures(List<Counted> counted) {
    long returned =
        of(counted, "set_up")
            .filter(each -> Objects.equals(each.word(), "returned"))
            .mapToLong(Counted::n)
            .sum();
    return Ratio.of(returned, of(counted, "set_up").mapToLong(Counted::n).sum());
  }

  private Map<Integer, Long> daysToActive(List<Counted> counted) {
    var days = new HashMap<Integer, Long>();
    of(counted, "active")
        .forEach(
            each ->
                days.merge(
                    calendar.between(
                        Objects.requireNonNull(each.authorisedOn()),
                        Objects.requireNonNull(each.day())),
                    each.n(),
                    Long::sum));
    return days;
  }

  private static ActivityReport.InviteActivity invites(Tx tx, View view) {
    return view.query(
            tx,
            """
            select count(*) as sent,
                   count(*) filter (where viewed_at <= :asOf) as viewed,
                   count(*) filter (where status = 'completed' and ended_at <= :asOf) as completed,
                   count(*) filter (where status = 'expired' and ended_at <= :asOf) as expired,
                   count(*) filter (where status in ('revoked', 'bounced')
                                    and coalesce(ended_at, created_at) <= :asOf) as withdrawn
            from mandate_invite
            where workspace_id = :workspace and created_at >= :start and created_at < :end
              and created_at <= :asOf
            """)
        .map(
            (row, _) -> {
              long sent = row.getLong("sent");
              long completed = row.getLong("completed");
              long expired = row.getLong("expired");
              long withdrawn = row.getLong("withdrawn");
              return new ActivityReport.InviteActivity(
                  sent,
                  row.getLong("viewed"),
                  completed,
                  expired,
                  withdrawn,
                  sent - completed - expired - withdrawn,
                  Ratio.of(completed, sent));
            })
        .one();
  }
}
