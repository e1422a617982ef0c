package dev.keyreeve.directdebit.watch.reporting;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.Items;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What payers claimed back under the guarantee.
///
/// @param unresolved collections of the window whose outcome is not final
/// @param byReason out of all that `total` divides by, so that the reasons add up to it
/// @param daysToClaim the median of the calendar days from the debit to its claim
/// @param openChallenges claims that can still be challenged, by the last day for it
record ClawbackReport(
    LocalDate from,
    LocalDate to,
    Basis basis,
    Instant asOf,
    boolean frozen,
    String currency,
    Tally unresolved,
    ClawbackRates total,
    @Items(max = 100) List<ReasonClawbacks> byReason,
    @Nullable Median daysToClaim,
    @Items(max = View.MAX_GROUPS) List<OpenChallenge> openChallenges,
    @Nullable @Items(max = View.MAX_GROUPS) List<ClawbackGroup> groups) {

  record ReasonClawbacks(String reason, ClawbackRates rates) {}

  record ClawbackGroup(@Nullable String key, ClawbackRates rates) {}

  record OpenChallenge(LocalDate challengeBy, Tally claims) {}

  /// On the basis `collection`, one claim of each collected one stands for all: the one that
  /// stands, or else the newest.
  private static final String OF_COHORT =
      Cohort.SQL
          + """
          , x as (
            select distinct on (k.id) l.id, l.reason, l.amount, l.status, l.since, l.challenge_by,
                   l.received_on, l.received_on - t.entry_on as days, k.day, k.mandate_id,
                   k.schedule_id
            from k
            join claim l on l.collection_id = k.id and l.workspace_id = :workspace
            left join attempt t on t.id = l.attempt_id and t.workspace_id = :workspace
            where k.collected and l.created_at <= :asOf
            order by k.id, %s desc, l.created_at desc, l.id desc
          ),
          d as (
            select k.day, k.mandate_id, k.schedule_id, k.amount, k.collected,
                   not k.resolved as unresolved
            from k
            where k.presented
          )
          """
              .formatted(Cohort.STANDING);

  private static final String OF_WINDOW =
      """
      with x as (
        select l.id, l.reason, l.amount, l.status, l.since, l.challenge_by, l.received_on,
               l.received_on - t.entry_on as days, l.received_on as day, l.mandate_id,
               c.schedule_id
        from claim l
        left join attempt t on t.id = l.attempt_id and t.workspace_id = :workspace
        left join collection c on c.id = l.collection_id and c.workspace_id = :workspace
        where l.workspace_id = :workspace and l.received_on between :from and :to
          and l.created_at <= :asOf
      ),
      d as (
        select distinct on (t.collection_id)
               (t.settled_at at time zone 'Europe/London')::date as day, t.mandate_id,
               c.schedule_id, t.amount, true as collected, false as unresolved
        from attempt t
        join collection c on c.id = t.collection_id and c.workspace_id = :workspace
        where t.workspace_id = :workspace and t.settled_at >= :start and t.settled_at < :end
          and %s = 'settled'
        order by t.collection_id, t.settled_at
      )
      """
          .formatted(Cohort.OUTCOME);

  /// What there is of one group to be claimed back.
  private record Debits(@Nullable String key, Tally collected, Tally unresolved) {}

  /// Claims that are alike.
  ///
  /// @param challengeBy only where they can still be challenged
  private record Claims(
      @Nullable String key,
      String reason,
      @Nullable Integer days,
      @Nullable LocalDate challengeBy,
      Tally gross,
      Tally net) {}

  static Outcome<ClawbackReport> of(Tx tx, View view, Basis basis) {
    var sql = basis == Basis.COLLECTION ? OF_COHORT : OF_WINDOW;
    // Reasons part what is claimed, and not what is collected.
    var debits = debits(tx, view, sql, view.groupBy() == Grouping.REASON ? null : view.groupBy());
    var claims = claims(tx, view, sql);
    var groups = groups(view, debits, claims);
    if (groups.size() > View.MAX_GROUPS) return Outcome.refused(Refusals.TOO_MANY_GROUPS);

    var unresolved =
        basis == Basis.COLLECTION ? sum(debits, Debits::unresolved) : unresolved(tx, view);
    return Outcome.done(
        new ClawbackReport(
            view.window().from(),
            view.window().to(),
            basis,
            view.asOf(),
            false,
            "GBP",
            unresolved,
            rates(debits, claims),
            byReason(debits, claims),
            Median.of(days(claims)),
            openChallenges(view, claims),
            view.groupBy() == null ? null : groups));
  }

  private static <T> Tally sum(List<T> rows, Function<T, Tally> tally) {
    return rows.stream().map(tally).reduce(Tally.NONE, Tally::plus);
  }

  private static ClawbackRates rates(List<Debits> debits, List<Claims> claims) {
    return ClawbackRates.of(
        sum(debits, Debits::collected), sum(claims, Claims::gross), sum(claims, Claims::net));
  }

  private static List<ClawbackGroup> groups(View view, List<Debits> debits, List<Claims> claims) {
    boolean byReason = view.groupBy() == Grouping.REASON;
    var keys = new HashSet<@Nullable String>();
    claims.forEach(each -> keys.add(each.key()));
    if (!byReason) debits.forEach(each -> keys.add(each.key()));
    return keys.stream()
        .sorted(GroupOrder.BY_KEY)
        .map(
            key ->
                new ClawbackGroup(
                    key,
                    rates(
                        byReason
                            ? debits
                            : debits.stream().filter(it -> Objects.equals(it.key(), key)).toList(),
                        claims.stream().filter(it -> Objects.equals(it.key(), key)).toList())))
        .toList();
  }

  private static List<ReasonClawbacks> byReason(List<Debits> debits, List<Claims> claims) {
    return claims.stream()
        .collect(groupingBy(Claims::reason, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(each -> new ReasonClawbacks(each.getKey(), rates(debits, each.getValue())))
        .toList();
  }

  private static Map<Integer, Long> days(List<Claims> claims) {
    var days = new HashMap<Integer, Long>();
    for (var each : claims) {
      if (each.days() != null) days.merge(each.days(), each.gross().count(), Long::sum);
    }
    return days;
  }

  private static List<OpenChallenge> openChallenges(View view, List<Claims> claims) {
    var today = London.dateOf(view.asOf());
    var open = new TreeMap<LocalDate, Tally>();
    for (var each : claims) {
      var day = each.challengeBy();
      if (day != null && !day.isBefore(today)) open.merge(day, each.gross(), Tally::plus);
    }
    return open.entrySet().stream()
        .limit(View.MAX_GROUPS)
        .map(each -> new OpenChallenge(each.getKey(), each.getValue()))
        .toList();
  }

  private static List<Debits> debits(Tx tx, View view, String sql, @Nullable Grouping groupBy) {
    return view.query(
            tx,
            sql
                + "select "
                + Cohort.key(groupBy)
                + " as key, "
                + """
                count(*) filter (where k.collected) as collected,
                coalesce(sum(k.amount) filter (where k.collected), 0) as collected_value,
                count(*) filter (where k.unresolved) as unresolved,
                coalesce(sum(k.amount) filter (where k.unresolved), 0) as unresolved_value
                from d k
                """
                + Cohort.sources(groupBy)
                + " group by 1 limit :maxGroups")
        .map(
            (row, _) ->
                new Debits(
                    row.getString("key"),
                    CohortCounts.tally(row, "collected"),
                    CohortCounts.tally(row, "unresolved")))
        .list();
  }

  /// A claim can be challenged while it is received or under review. How it stood at an earlier
  /// instant is told by its events.
  private static List<Claims> claims(Tx tx, View view, String sql) {
    return view.query(
            tx,
            sql
                + "select "
                + Cohort.key(view.groupBy())
                + " as key, "
                + """
                k.reason, k.days,
                case when case
                  when :current or k.since <= :asOf then k.status
                  else coalesce(
                    (select e.snapshot ->> 'status' from event e
                     where e.workspace_id = :workspace and e.subject_id = k.id
                       and e.occurred_at <= :asOf
                     order by e.seq desc limit 1),
                    'received')
                  end in ('received', 'under_review') then k.challenge_by
                end as challenge_by,
                count(*) as gross, coalesce(sum(k.amount), 0) as gross_value,
                count(*) filter (where %1$s) as net,
                coalesce(sum(k.amount) filter (where %1$s), 0) as net_value
                from x k
                """
                    .formatted(Cohort.STANDING.replace("l.", "k."))
                + Cohort.sources(view.groupBy())
                + " group by 1, 2, 3, 4")
        .map(
            (row, _) ->
                new Claims(
                    row.getString("key"),
                    row.getString("reason"),
                    row.getObject("days", Integer.class),
                    row.getObject("challenge_by", LocalDate.class),
                    CohortCounts.tally(row, "gross"),
                    CohortCounts.tally(row, "net")))
        .list();
  }

  private static Tally unresolved(Tx tx, View view) {
    return sum(debits(tx, view, OF_COHORT, null), Debits::unresolved);
  }

  ClawbackReport asFrozen() {
    return new ClawbackReport(
        from,
        to,
        basis,
        asOf,
        true,
        currency,
        unresolved,
        total,
        byReason,
        daysToClaim,
        openChallenges,
        groups);
  }
}
