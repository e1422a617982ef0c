package dev.keyreeve.directdebit.collector.moment;

import java.time.LocalTime;
import java.util.Locale;

/// The times of a service user's day, on London's clocks, in their order.
public enum MomentKind {
  /// What is due lapses, collections are generated ahead and told of, and those that have to be
  /// submitted today are picked.
  DAWN(0, 10, false),
  /// The sandbox's bank delivers what it has to report.
  REPORTS(7, 0, true),
  /// Payers are debited.
  ENTRY(8, 0, true),
  /// Alerts are evaluated.
  EVALUATION(9, 0, false),
  /// Silence is an answer: no return by now means lodged, or paid.
  CLOSE(18, 0, true),
  /// What is due is put into submissions and sealed.
  SUBMISSION(21, 0, true),
  /// The sandbox's bank says what it took in.
  INPUT(23, 0, true);

  private final LocalTime time;
  private final boolean onProcessingDaysOnly;

  MomentKind(int hour, int minute, boolean onProcessingDaysOnly) {
    this.time = LocalTime.of(hour, minute);
    this.onProcessingDaysOnly = onProcessingDaysOnly;
  }

  public LocalTime time() {
    return time;
  }

  /// Whether Saturdays, Sundays and bank holidays do without it.
  public boolean onProcessingDaysOnly() {
    return onProcessingDaysOnly;
  }

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
