package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.platform.page.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A report as a file, one line for each group or row under a line of names. Amounts are in pence.
///
/// @param fileName a name to save it under
/// @param mediaType of RFC 4180
/// @param nextCursor names the next part of a list; absent if this is all
record Export(String fileName, String mediaType, String csv, @Nullable String nextCursor) {
  static final int MAX_ROWS = 5000;
  private static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";
  private static final String TOTAL = "total";

  private static Export of(String name, Csv csv, @Nullable String nextCursor) {
    return new Export(name + ".csv", MEDIA_TYPE, csv.toString(), nextCursor);
  }

  static Export of(SuccessReport report) {
    var csv =
        new Csv()
            .line(
                header(
                    List.of("group", "as_of", "cohort", "cohort_value", "resolved", "unresolved"),
                    "success",
                    "net_success",
                    "first_attempt_success",
                    "recovery",
                    "average_attempts",
                    "attempt_failure"));
    csv.line(line(TOTAL, report, report.total()));
    if (report.groups() != null) {
      report.groups().forEach(group -> csv.line(line(group.key(), report, group.rates())));
    }
    return of("success-rate", csv, null);
  }

  private static List<@Nullable Object> line(
      @Nullable String key, SuccessReport report, SuccessRates rates) {
    var cells = new ArrayList<@Nullable Object>();
    Collections.addAll(
        cells,
        key,
        report.asOf(),
        rates.cohort().count(),
        rates.cohort().value(),
        rates.resolved().count(),
        rates.unresolved().count());
    add(cells, rates.successRate());
    add(cells, rates.netSuccessRate());
    add(cells, rates.firstAttemptSuccessRate());
    add(cells, rates.recoveryRate());
    add(cells, rates.averageAttempts());
    add(cells, rates.attemptFailureRate());
    return cells;
  }

  static Export of(ClawbackReport report) {
    var csv = new Csv().line(header(List.of("group", "as_of", "basis"), "gross", "net"));
    csv.line(line(TOTAL, report, report.total()));
    if (report.groups() != null) {
      report.groups().forEach(group -> csv.line(line(group.key(), report, group.rates())));
    }
    return of("clawbacks", csv, null);
  }

  private static List<@Nullable Object> line(
      @Nullable String key, ClawbackReport report, ClawbackRates rates) {
    var cells = new ArrayList<@Nullable Object>();
    Collections.addAll(
        cells, key, report.asOf(), report.basis() == Basis.CLAIM ? "claim" : "collection");
    add(cells, rates.gross());
    add(cells, rates.net());
    return cells;
  }

  private static List<String> header(List<String> first, String... measures) {
    var names = new ArrayList<>(first);
    for (var measure : measures) {
      for (var part : List.of("", "_value")) {
        names.add(measure + part + "_numerator");
        names.add(measure + part + "_denominator");
        names.add(measure + part + "_rate");
      }
    }
    return names;
  }

  private static void add(List<@Nullable Object> cells, Measure measure) {
    for (var ratio : List.of(measure.byCount(), measure.byValue())) {
      Collections.addAll(cells, ratio.numerator(), ratio.denominator(), ratio.rate());
    }
  }

  static Export of(ActivityReport report) {
    var csv =
        new Csv()
            .line(
                "group",
                "as_of",
                "opening",
                "activated",
                "reinstated",
                "reactivated",
                "cancelled_by_payer",
                "cancelled_by_bank",
                "cancelled_by_agent",
                "expired",
                "closing",
                "suspended",
                "lifted",
                "churn_rate");
    line(csv, TOTAL, report, report.total());
    if (report.groups() != null) {
      report.groups().forEach(group -> line(csv, group.key(), report, group.activity()));
    }
    return of("mandate-activity", csv, null);
  }

  private static void line(
      Csv csv, @Nullable String key, ActivityReport report, ActivityReport.Activity activity) {
    var balance = activity.balance();
    csv.line(
        key,
        report.asOf(),
        balance.opening(),
        balance.activated(),
        balance.reinstated(),
        balance.reactivated(),
        balance.cancelledByPayer(),
        balance.cancelledByBank(),
        balance.cancelledByAgent(),
        balance.expired(),
        balance.closing(),
        activity.suspended(),
        activity.lifted(),
        activity.churn().rate());
  }

  static Export ofClawbacks(Page<DrillDown.ClawbackRow> page) {
    var csv =
        new Csv()
            .line(
                "id",
                "bank_ref",
                "reference",
                "reason",
                "status",
                "standing",
                "amount",
                "received_on",
                "challenge_by",
                "settles_on",
                "mandate_id",
                "collection_id",
                "attempt_id",
                "days_to_claim");
    for (var row : page.items()) {
      csv.line(
          row.id(),
          row.bankRef(),
          row.reference(),
          row.reason(),
          row.status(),
          row.standing(),
          row.amount(),
          row.receivedOn(),
          row.challengeBy(),
          row.settlesOn(),
          row.mandateId(),
          row.collectionId(),
          row.attemptId(),
          row.daysToClaim());
    }
    return of("clawback-history", csv, page.nextCursor());
  }

  static Export ofFailures(Page<DrillDown.FailureRow> page) {
    var csv =
        new Csv()
            .line(
                "attempt_id",
                "collection_id",
                "mandate_id",
                "reference",
                "payer_external_ref",
                "attempt",
                "amount",
                "entry_on",
                "failed_at",
                "stage",
                "reason",
                "late");
    for (var row : page.items()) {
      csv.line(
          row.attemptId(),
          row.collectionId(),
          row.mandateId(),
          row.reference(),
          row.payerExternalRef(),
          row.attempt(),
          row.amount(),
          row.entryOn(),
          row.failedAt(),
          row.stage(),
          row.reason(),
          row.late());
    }
    return of("failures", csv, page.nextCursor());
  }
}
