package dev.keyreeve.directdebit.watch.reporting;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/// By what a report is broken down. A group is named by its key: a day, a Monday for its week, a
/// month such as `2027-02`, a reason code, a day of the schedule (`01` to `28`, `last`, `monday` to
/// `sunday`) or the value of a tag. What has no such thing is in a group without a key.
enum Grouping {
  DAY,
  WEEK,
  MONTH,
  REASON,
  SCHEDULE_DAY,
  TAG;

  static final String SCHEDULE_KEY =
      """
      case
        when s.day_of_month = 0 then 'last'
        when s.day_of_month is not null then lpad(s.day_of_month::text, 2, '0')
        else to_char(s.starts_on, 'FMday')
      end
      """;

  boolean isOfTime() {
    return this == DAY || this == WEEK || this == MONTH;
  }

  /// The key of a day in SQL, where this is a grouping of time.
  String keyOf(String day) {
    return switch (this) {
      case DAY -> "to_char(%s, 'YYYY-MM-DD')".formatted(day);
      case WEEK -> "to_char(date_trunc('week', %s), 'YYYY-MM-DD')".formatted(day);
      case MONTH -> "to_char(%s, 'YYYY-MM')".formatted(day);
      case REASON, SCHEDULE_DAY, TAG -> throw new IllegalStateException(this + " is not of time");
    };
  }

  /// The same key in Java.
  String keyOf(LocalDate day) {
    return switch (this) {
      case DAY -> day.toString();
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case MONTH -> day.toString().substring(0, 7);
      case REASON, SCHEDULE_DAY, TAG -> throw new IllegalStateException(this + " is not of time");
    };
  }
}
