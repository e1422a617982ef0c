package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.json.Json;
import dev.keyreeve.procedure.shape.Decoded;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.time.LocalDate;

/// Reports of months, kept as they stood when the month had just ended.
public final class Snapshots {

  /// Until which day of a month the reports of the month before are kept, if they are not yet.
  private static final int LAST_DAY = 7;

  static final Kept<SuccessReport> SUCCESS =
      new Kept<>("success_rate", Shapes.of(SuccessReport.class));
  static final Kept<ClawbackReport> CLAWBACKS =
      new Kept<>("clawbacks", Shapes.of(ClawbackReport.class));
  static final Kept<ActivityReport> ACTIVITY =
      new Kept<>("mandate_activity", Shapes.of(ActivityReport.class));

  private final MandateActivity activity;

  Snapshots(MandateActivity activity) {
    this.activity = activity;
  }

  /// Keeps the reports of the month before `day`, in its first week; each of them once, whoever
  /// asks how often.
  ///
  /// @param day today in London
  public void take(Tx tx, LocalDate day) {
    if (day.getDayOfMonth() > LAST_DAY) return;

    var month = day.withDayOfMonth(1).minusMonths(1);
    if (ACTIVITY.isThere(tx, month)) return;

    var view = View.of(tx, DateRange.month(month));
    SUCCESS.put(tx, month, done(SuccessReport.of(tx, view)).asFrozen());
    CLAWBACKS.put(tx, month, done(ClawbackReport.of(tx, view, Basis.COLLECTION)).asFrozen());
    ACTIVITY.put(tx, month, done(activity.of(tx, view)).asFrozen());
    View.forManyRows(tx, false);
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(var value) -> value;
      case Outcome.Refused<T>(var problem) -> throw new IllegalStateException(problem.message());
    };
  }

  /// One kind of report that is kept.
  record Kept<T>(String word, Shape<T> shape) {

    boolean isThere(Tx tx, LocalDate month) {
      return tx.query(
              """
              select exists (
                select from report_snapshot
                where workspace_id = :workspace and report = :report and month = :month)
              """)
          .bind("report", word)
          .bind("month", month)
          .mapTo(Boolean.class)
          .one();
    }

    void put(Tx tx, LocalDate month, T report) {
      tx.update(
              """
              insert into report_snapshot (workspace_id, report, month, answer, taken_at)
              values (:workspace, :report, :month, :answer::jsonb, :now)
              on conflict do nothing
              """)
          .bind("report", word)
          .bind("month", month)
          .bind("answer", shape.stored(report))
          .execute();
    }

    Outcome<T> get(Tx tx, LocalDate month) {
      return tx.query(
              """
              select answer from report_snapshot
              where workspace_id = :workspace and report = :report and month = :month
              """)
          .bind("report", word)
          .bind("month", month)
          .mapTo(String.class)
          .findOne()
          .map(text -> Outcome.done(read(text)))
          .orElseGet(() -> Outcome.refused(Refusals.SNAPSHOT_NOT_FOUND));
    }

    private T read(String text) {
      return switch (shape.decodeStored(Json.read(text))) {
        case Decoded.Valid<T>(var report) -> report;
        case Decoded.Invalid<T>(var issues) ->
            throw new IllegalStateException("a kept report cannot be read: " + issues);
      };
    }
  }
}
