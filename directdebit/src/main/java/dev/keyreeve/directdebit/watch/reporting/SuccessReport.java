package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.Items;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the collections of a window fared.
///
/// @param asOf what was known then
/// @param frozen whether this was kept when the month had just ended
/// @param failuresByReason failed attempts out of all that came to something; the reasons add up to
///   `attemptFailureRate`
/// @param groups in the order of their keys; absent unless asked for
record SuccessReport(
    LocalDate from,
    LocalDate to,
    Instant asOf,
    boolean frozen,
    String currency,
    SuccessRates total,
    @Items(max = 100) List<ReasonFailures> failuresByReason,
    @Nullable @Items(max = View.MAX_GROUPS) List<SuccessGroup> groups) {

  record ReasonFailures(@Nullable String reason, Measure failureRate) {}

  /// @param key absent for what belongs to no group
  record SuccessGroup(@Nullable String key, SuccessRates rates) {}

  private record Failed(@Nullable String reason, Tally attempts) {}

  static Outcome<SuccessReport> of(Tx tx, View view) {
    var groups =
        view.query(
                tx,
                Cohort.SQL
                    + "select "
                    + Cohort.key(view.groupBy())
                    + " as key, "
                    + CohortCounts.COLUMNS
                    + " from k "
                    + Cohort.sources(view.groupBy())
                    + " group by 1 order by 1 limit :maxGroups")
            .map(CohortCounts::read)
            .list();
    return View.bounded(groups).then(bounded -> Outcome.done(report(tx, view, bounded)));
  }

  private static SuccessReport report(Tx tx, View view, List<CohortCounts.Keyed> groups) {
    var total =
        groups.stream()
            .map(CohortCounts.Keyed::counts)
            .reduce(CohortCounts.NONE, CohortCounts::plus);
    return new SuccessReport(
        view.window().from(),
        view.window().to(),
        view.asOf(),
        false,
        "GBP",
        total.rates(),
        failures(tx, view, total.resolvedAttempts()),
        view.groupBy() == null
            ? null
            : groups.stream()
                .map(each -> new SuccessGroup(each.key(), each.counts().rates()))
                .toList());
  }

  private static List<ReasonFailures> failures(Tx tx, View view, Tally resolvedAttempts) {
    return view
        .query(
            tx,
            Cohort.SQL
                + """
                select reason, count(*) as failed, sum(amount) as failed_value
                from a
                where outcome = 'failed'
                group by reason
                order by reason
                """)
        .map((row, _) -> new Failed(row.getString("reason"), CohortCounts.tally(row, "failed")))
        .stream()
        .map(each -> new ReasonFailures(each.reason(), each.attempts().outOf(resolvedAttempts)))
        .toList();
  }

  SuccessReport asFrozen() {
    return new SuccessReport(from, to, asOf, true, currency, total, failuresByReason, groups);
  }
}
