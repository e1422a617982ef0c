package dev.keyreeve.directdebit.watch.reporting;

import static dev.keyreeve.access.decision.Requirement.holds;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.get;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Shapes;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What callers with a key can learn of how collecting goes.
public final class ReportProcedures {
  public static final Scope REPORTS_READ = new Scope("reports:read");

  private final Tenancy tenancy;
  private final MandateActivity activity;
  private final Snapshots snapshots;

  public ReportProcedures(Tenancy tenancy, BacsCalendar calendar) {
    this.tenancy = tenancy;
    this.activity = new MandateActivity(calendar);
    this.snapshots = new Snapshots(activity);
  }

  /// Keeps the reports of months that have ended.
  public Snapshots snapshots() {
    return snapshots;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        query("reports.successRate", holds(REPORTS_READ), get("/reports/success-rate"))
            .about("Tells how the collections of a time fared.")
            .takes(OfTime.class)
            .gives(SuccessReport.class)
            .refuses(Refusals.OF_REPORTS)
            .by(tenancy.reads(ReportProcedures::successRate)),
        query("reports.clawbacks", holds(REPORTS_READ), get("/reports/clawbacks"))
            .about("Tells how much of what was collected was claimed back.")
            .takes(OfClawbacks.class)
            .gives(ClawbackReport.class)
            .refuses(Refusals.OF_REPORTS)
            .by(tenancy.reads(ReportProcedures::clawbacks)),
        query("reports.mandateActivity", holds(REPORTS_READ), get("/reports/mandate-activity"))
            .about("Tells how mandates came and went, and what became of invites.")
            .takes(OfTime.class)
            .gives(ActivityReport.class)
            .refuses(Refusals.OF_REPORTS)
            .by(tenancy.reads(this::mandateActivity)),
        query("reports.clawbackHistory", holds(REPORTS_READ), get("/reports/clawback-history"))
            .about("Lists the claims received in a time, newest first.")
            .takes(DrillDown.Wanted.class)
            .gives(Page.of(Shapes.of(DrillDown.ClawbackRow.class)))
            .refuses(Refusals.RANGE_REVERSED, Refusals.RANGE_TOO_LONG, Cursor.INVALID)
            .by(tenancy.reads(DrillDown::clawbacks)),
        query("reports.failures", holds(REPORTS_READ), get("/reports/failures"))
            .about("Lists the debits that failed in a time, newest first.")
            .takes(DrillDown.Wanted.class)
            .gives(Page.of(Shapes.of(DrillDown.FailureRow.class)))
            .refuses(Refusals.RANGE_REVERSED, Refusals.RANGE_TOO_LONG, Cursor.INVALID)
            .by(tenancy.reads(DrillDown::failures)),
        query("reports.export", holds(REPORTS_READ), get("/reports/export"))
            .about("Gives a report as comma-separated values that no spreadsheet runs as formulas.")
            .takes(OfExport.class)
            .gives(Export.class)
            .refuses(Refusals.OF_REPORTS)
            .refuses(Cursor.INVALID)
            .by(tenancy.reads(this::export)));
  }

  /// @param from the first day in London, and `to` the last; 24 months at most
  /// @param tagKey which entry of a mandate's metadata groups; only with groupBy `tag`
  /// @param asOf answers with what was known then; now unless said
  /// @param frozen answers with what was kept when the month had just ended
  record OfTime(
      LocalDate from,
      LocalDate to,
      @Nullable Grouping groupBy,
      @Nullable @Text(max = 100) String tagKey,
      @Nullable Instant asOf,
      @Nullable Boolean frozen) {
    OfTime {
      requireTagKey(groupBy, tagKey);
    }
  }

  /// @param basis `collection` unless said
  record OfClawbacks(
      LocalDate from,
      LocalDate to,
      @Nullable Grouping groupBy,
      @Nullable @Text(max = 100) String tagKey,
      @Nullable Basis basis,
      @Nullable Instant asOf,
      @Nullable Boolean frozen) {
    OfClawbacks {
      requireTagKey(groupBy, tagKey);
    }

    OfTime time() {
      return new OfTime(from, to, groupBy, tagKey, asOf, frozen);
    }
  }

  /// What can be exported, named as its procedure.
  enum Exported {
    SUCCESS_RATE,
    CLAWBACKS,
    MANDATE_ACTIVITY,
    CLAWBACK_HISTORY,
    FAILURES
  }

  /// The inputs of the report that is exported.
  ///
  /// @param cursor the `nextCursor` of the part before, for lists
  record OfExport(
      Exported report,
      LocalDate from,
      LocalDate to,
      @Nullable Grouping groupBy,
      @Nullable @Text(max = 100) String tagKey,
      @Nullable Basis basis,
      @Nullable Instant asOf,
      @Nullable Boolean frozen,
      @Nullable @Text(max = 100) String reason,
      @Nullable MandateId mandateId,
      @Nullable @Text(max = 200) String cursor) {
    OfExport {
      requireTagKey(groupBy, tagKey);
    }

    OfClawbacks ratios() {
      return new OfClawbacks(from, to, groupBy, tagKey, basis, asOf, frozen);
    }

    DrillDown.Wanted rows() {
      return new DrillDown.Wanted(from, to, reason, mandateId, null, cursor);
    }
  }

  private static void requireTagKey(@Nullable Grouping groupBy, @Nullable String tagKey) {
    if ((groupBy == Grouping.TAG) != (tagKey != null)) {
      throw new IllegalArgumentException("A tagKey belongs to groupBy tag, and only to it.");
    }
  }

  private static Outcome<SuccessReport> successRate(Tx tx, OfTime input) {
    return answer(tx, input, Snapshots.SUCCESS, view -> SuccessReport.of(tx, view));
  }

  private static Outcome<ClawbackReport> clawbacks(Tx tx, OfClawbacks input) {
    var basis = input.basis() == null ? Basis.COLLECTION : input.basis();
    if (basis == Basis.CLAIM && isFrozen(input.time())) {
      return Outcome.refused(Refusals.NOT_A_WHOLE_MONTH);
    }
    return answer(
        tx, input.time(), Snapshots.CLAWBACKS, view -> ClawbackReport.of(tx, view, basis));
  }

  private Outcome<ActivityReport> mandateActivity(Tx tx, OfTime input) {
    return answer(tx, input, Snapshots.ACTIVITY, view -> activity.of(tx, view));
  }

  private static <T> Outcome<T> answer(
      Tx tx, OfTime input, Snapshots.Kept<T> kept, Function<View, Outcome<T>> report) {
    if (!isFrozen(input)) {
      return View.of(tx, input.from(), input.to(), input.asOf(), input.groupBy(), input.tagKey())
          .then(report);
    }
    return DateRange.of(input.from(), input.to())
        .then(
            window ->
                window.isWholeMonth() && input.groupBy() == null && input.asOf() == null
                    ? kept.get(tx, window.from())
                    : Outcome.refused(Refusals.NOT_A_WHOLE_MONTH));
  }

  private static boolean isFrozen(OfTime input) {
    return Boolean.TRUE.equals(input.frozen());
  }

  private Outcome<Export> export(Tx tx, OfExport input) {
    return switch (input.report()) {
      case SUCCESS_RATE ->
          successRate(tx, input.ratios().time()).then(it -> Outcome.done(Export.of(it)));
      case CLAWBACKS -> clawbacks(tx, input.ratios()).then(it -> Outcome.done(Export.of(it)));
      case MANDATE_ACTIVITY ->
          mandateActivity(tx, input.ratios().time()).then(it -> Outcome.done(Export.of(it)));
      case CLAWBACK_HISTORY ->
          DrillDown.clawbacks(tx, input.rows(), Export.MAX_ROWS)
              .then(page -> Outcome.done(Export.ofClawbacks(page)));
      case FAILURES ->
          DrillDown.failures(tx, input.rows(), Export.MAX_ROWS)
              .then(page -> Outcome.done(Export.ofFailures(page)));
    };
  }
}
