package dev.keyreeve.directdebit.watch.reporting;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What was counted of a cohort, or of one group of it. Groups part a cohort, so their counts add
/// up to its own.
///
/// @param presented the cohort: collections with an attempt that the scheme took in
/// @param claimed those collected of which a claim stands
/// @param attempts of the resolved collections; their value is that of all presentations
/// @param failed attempts, of all collections
/// @param settled attempts, of all collections
/// @param recovered collections that were collected after their first attempt had failed
record CohortCounts(
    Tally presented,
    Tally resolved,
    Tally collected,
    Tally claimed,
    Tally attempts,
    Tally failed,
    Tally settled,
    Tally firstSettled,
    Tally firstFailed,
    Tally recovered,
    Tally cancelled,
    Tally skipped,
    Tally inputRejected) {

  static final String COLUMNS =
      """
      count(*) filter (where presented) as presented,
      coalesce(sum(k.amount) filter (where presented), 0) as presented_value,
      count(*) filter (where resolved) as resolved,
      coalesce(sum(k.amount) filter (where resolved), 0) as resolved_value,
      count(*) filter (where collected) as collected,
      coalesce(sum(k.amount) filter (where collected), 0) as collected_value,
      count(*) filter (where collected and claimed) as claimed,
      coalesce(sum(k.amount) filter (where collected and claimed), 0) as claimed_value,
      coalesce(sum(attempts) filter (where resolved), 0) as attempts,
      coalesce(sum(attempt_value) filter (where resolved), 0) as attempts_value,
      coalesce(sum(failed), 0) as failed,
      coalesce(sum(failed_value), 0) as failed_value,
      coalesce(sum(settled), 0) as settled,
      coalesce(sum(settled_value), 0) as settled_value,
      count(*) filter (where first_outcome = 'settled') as first_settled,
      coalesce(sum(k.first_amount) filter (where first_outcome = 'settled'), 0)
        as first_settled_value,
      count(*) filter (where first_outcome = 'failed') as first_failed,
      coalesce(sum(k.first_amount) filter (where first_outcome = 'failed'), 0)
        as first_failed_value,
      count(*) filter (where first_outcome = 'failed' and collected) as recovered,
      coalesce(sum(k.first_amount) filter (where first_outcome = 'failed' and collected), 0)
        as recovered_value,
      count(*) filter (where not presented and k.status = 'cancelled') as cancelled,
      coalesce(sum(k.amount) filter (where not presented and k.status = 'cancelled'), 0)
        as cancelled_value,
      count(*) filter (where not presented and k.status = 'skipped') as skipped,
      coalesce(sum(k.amount) filter (where not presented and k.status = 'skipped'), 0)
        as skipped_value,
      count(*) filter (where not presented and k.status = 'failed' and k.stage = 'input')
        as input_rejected,
      coalesce(sum(k.amount)
        filter (where not presented and k.status = 'failed' and k.stage = 'input'), 0)
        as input_rejected_value
      """;

  static final CohortCounts NONE =
      new CohortCounts(
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE,
          Tally.NONE);

  record Keyed(@Nullable String key, CohortCounts counts) {}

  static Keyed read(ResultSet row, Object context) throws SQLException {
    return new Keyed(
        row.getString("key"),
        new CohortCounts(
            tally(row, "presented"),
            tally(row, "resolved"),
            tally(row, "collected"),
            tally(row, "claimed"),
            tally(row, "attempts"),
            tally(row, "failed"),
            tally(row, "settled"),
            tally(row, "first_settled"),
            tally(row, "first_failed"),
            tally(row, "recovered"),
            tally(row, "cancelled"),
            tally(row, "skipped"),
            tally(row, "input_rejected")));
  }

  static Tally tally(ResultSet row, String name) throws SQLException {
    return new Tally(row.getLong(name), row.getLong(name + "_value"));
  }

  CohortCounts plus(CohortCounts that) {
    return new CohortCounts(
        presented.plus(that.presented),
        resolved.plus(that.resolved),
        collected.plus(that.collected),
        claimed.plus(that.claimed),
        attempts.plus(that.attempts),
        failed.plus(that.failed),
        settled.plus(that.settled),
        firstSettled.plus(that.firstSettled),
        firstFailed.plus(that.firstFailed),
        recovered.plus(that.recovered),
        cancelled.plus(that.cancelled),
        skipped.plus(that.skipped),
        inputRejected.plus(that.inputRejected));
  }

  /// The attempts that came to something.
  Tally resolvedAttempts() {
    return failed.plus(settled);
  }

  SuccessRates rates() {
    return new SuccessRates(
        presented,
        resolved,
        presented.minus(resolved),
        collected,
        new SuccessRates.Excluded(cancelled, skipped, inputRejected),
        collected.outOf(resolved),
        collected.minus(claimed).outOf(resolved),
        firstSettled.outOf(firstSettled.plus(firstFailed)),
        recovered.outOf(firstFailed),
        attempts.outOf(resolved),
        failed.outOf(resolvedAttempts()));
  }
}
