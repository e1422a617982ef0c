package dev.keyreeve.directdebit.reporting;

import dev.keyreeve.directdebit.calendar.London;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            select k.day, k.mandate_id, k.schedule_id, k.amount from k where k.collected
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
               c.schedule_id, t.amount
        from attempt t
        join collection c on c.id = t.collection_id and c.workspace_id = :workspace
        where t.workspace_id = :workspace and t.settled_at >= :start and t.settled_at < :end
          and %s = 'settled'
        order by t.collection_id, t.settled_at
      )
      """
          .formatted(Cohort.OUTCOME);

  static Outcome<ClawbackReport> of(Tx tx, View view, Basis basis) {
    var sql = basis == Basis.COLLECTION ? OF_COHORT : OF_WINDOW;
    var collected = collected(tx, view, sql, view.groupBy());
    var claims = claims(tx, view, sql, view.groupBy());
    var keys = new ArrayList<@Nullable String>(collected.keySet());
    claims.keySet().stream().filter(key -> !collected.containsKey(key)).forEach(keys::add);
    return keys.size() > View.MAX_GROUPS
        ? Outcome.refused(Refusals.TOO_MANY_GROUPS)
        : Outcome.done(report(tx, view, basis, sql, keys, collected, claims));
  }

  private static ClawbackReport report(
      Tx tx,
      View view,
      Basis basis,
      String sql,
      List<@Nullable String> keys,
      Map<@Nullable String, Tally> collected,
      Map<@Nullable String, Claims> claims) {
    var all = collected.values().stream().reduce(Tally.NONE, Tally::plus);
    var gross = claims.values().stream().map(Claims::gross).reduce(Tally.NONE, Tally::plus);
    var net = claims.values().stream().map(Claims::net).reduce(Tally.NONE, Tally::plus);
    boolean split = view.groupBy() != Grouping.REASON;
    return new ClawbackReport(
        view.window().from(),
        view.window().to(),
        basis,
        view.asOf(),
        false,
        "GBP",
        unresolved(tx, view),
        ClawbackRates.of(all, gross, net),
        byReason(tx, view, sql, all),
        Median.of(days(tx, view, sql)),
        openChallenges(tx, view, sql),
        view.groupBy() == null
            ? null
            : keys.stream()
                .filter(key -> split || claims.containsKey(key))
                .sorted(Keys.ORDER)
                .map(
                    key -> {
                      var those = claims.getOrDefault(key, Claims.NONE);
                      var out = split ? collected.getOrDefault(key, Tally.NONE) : all;
                      return new ClawbackGroup(
                          key, ClawbackRates.of(out, those.gross(), those.net()));
                    })
                .toList());
  }

  private record Claims(Tally gross, Tally net) {
    static final Claims NONE = new Claims(Tally.NONE, Tally.NONE);
  }

  private record Keyed<T>(@Nullable String key, T value) {
    static <T> Map<@Nullable String, T> map(List<Keyed<T>> rows) {
      var map = new HashMap<@Nullable String, T>();
      rows.forEach(row -> map.put(row.key(), row.value()));
      return map;
    }
  }

  private static Map<@Nullable String, Tally> collected(
      Tx tx, View view, String sql, @Nullable Grouping groupBy) {
    var grouping = groupBy == Grouping.REASON ? null : groupBy;
    return Keyed.map(
        view.query(
                tx,
                sql
                    + "select "
                    + Cohort.key(grouping)
                    + " as key, count(*) as n, coalesce(sum(k.amount), 0) as n_value from d k "
                    + Cohort.sources(grouping)
                    + " group by 1 limit :maxGroups")
            .map((row, _) -> new Keyed<>(row.getString("key"), CohortCounts.tally(row, "n")))
            .list());
  }

  private static Map<@Nullable String, Claims> claims(
      Tx tx, View view, String sql, @Nullable Grouping groupBy) {
    return Keyed.map(
        view.query(
                tx,
                sql
                    + "select "
                    + Cohort.key(groupBy)
                    + " as key, "
                    + CLAIM_COLUMNS
                    + " from x k "
                    + Cohort.sources(groupBy)
                    + " group by 1 limit :maxGroups")
            .map((row, _) -> new Keyed<>(row.getString("key"), claims(row)))
            .list());
  }

  private static final String CLAIM_COLUMNS =
      """
      count(*) as gross, coalesce(sum(k.amount), 0) as gross_value,
      count(*) filter (where %1$s) as net,
      coalesce(sum(k.amount) filter (where %1$s), 0) as net_value
      """
          .formatted(Cohort.STANDING.replace("l.", "k."));

  private static Claims claims(ResultSet row) throws SQLException {
    return new Claims(CohortCounts.tally(row, "gross"), CohortCounts.tally(row, "net"));
  }

  private static List<ReasonClawbacks> byReason(Tx tx, View view, String sql, Tally all) {
    return claims(tx, view, sql, Grouping.REASON).entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Keys.ORDER))
        .map(
            each ->
                new ReasonClawbacks(
                    Objects.requireNonNull(each.getKey()),
                    ClawbackRates.of(all, each.getValue().gross(), each.getValue().net())))
        .toList();
  }

  private static Map<Integer, Long> days(Tx tx, View view, String sql) {
    var days = new HashMap<Integer, Long>();
    view.query(tx, sql + "select days, count(*) as n from x where days is not null group by days")
        .map((row, _) -> days.put(row.getInt("days"), row.getLong("n")))
        .list();
    return days;
  }

  /// A claim can be challenged while it is received or under review. How it stood at an earlier
  /// instant is told by its events.
  private static List<OpenChallenge> openChallenges(Tx tx, View view, String sql) {
    return view.query(
            tx,
            sql
                + """
                , status_then as (
                  select x.*,
                         case
                           when :current or x.since <= :asOf then x.status
                           else coalesce(
                             (select e.snapshot ->> 'status' from event e
                              where e.workspace_id = :workspace and e.subject_id = x.id
                                and e.occurred_at <= :asOf
                              order by e.seq desc limit 1),
                             'received')
                         end as stood
                  from x
                )
                select challenge_by, count(*) as n, sum(amount) as n_value
                from status_then
                where stood in ('received', 'under_review') and challenge_by >= :today
                group by challenge_by
                order by challenge_by
                limit 1000
                """)
        .bind("today", London.dateOf(view.asOf()))
        .map(
            (row, _) ->
                new OpenChallenge(
                    row.getObject("challenge_by", LocalDate.class), CohortCounts.tally(row, "n")))
        .list();
  }

  private static Tally unresolved(Tx tx, View view) {
    return view.query(
            tx,
            Cohort.SQL
                + """
                select count(*) as n, coalesce(sum(amount), 0) as n_value
                from k
                where presented and not resolved
                """)
        .map((row, _) -> CohortCounts.tally(row, "n"))
        .one();
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
