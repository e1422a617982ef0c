package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;

/// The reasons with which reports are refused.
final class Refusals {
  static final Reason RANGE_REVERSED =
      new Reason(Code.BAD_REQUEST, "range_reversed", "The last day comes before the first.");
  static final Reason RANGE_TOO_LONG =
      new Reason(Code.BAD_REQUEST, "range_too_long", "A report covers 24 months at most.");
  static final Reason AS_OF_TO_COME =
      new Reason(Code.BAD_REQUEST, "as_of_to_come", "The instant of asOf has not come yet.");
  static final Reason GROUPING_NOT_OFFERED =
      new Reason(
          Code.BAD_REQUEST, "grouping_not_offered", "This report cannot be grouped like this.");
  static final Reason TOO_MANY_GROUPS =
      new Reason(Code.BAD_REQUEST, "too_many_groups", "There are more than 1000 groups.");
  static final Reason NOT_A_WHOLE_MONTH =
      new Reason(
          Code.BAD_REQUEST,
          "not_a_whole_month",
          "A frozen report is of one whole month, without groups and asOf, on its usual basis.");
  static final Reason SNAPSHOT_NOT_FOUND =
      new Reason(Code.NOT_FOUND, "snapshot_not_found", "No report of this month was kept.");

  static final Reason[] OF_REPORTS = {
    RANGE_REVERSED,
    RANGE_TOO_LONG,
    AS_OF_TO_COME,
    GROUPING_NOT_OFFERED,
    TOO_MANY_GROUPS,
    NOT_A_WHOLE_MONTH,
    SNAPSHOT_NOT_FOUND
  };

  private Refusals() {}
}
