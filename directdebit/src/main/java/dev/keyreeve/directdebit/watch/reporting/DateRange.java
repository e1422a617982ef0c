package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.directdebit.bacs.calendar.London;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.time.LocalDate;

/// The days that a report is about, both ends included; days in London, which have 23 hours in
/// spring and 25 in autumn.
record DateRange(LocalDate from, LocalDate to) {
  static final int MAX_MONTHS = 24;

  static Outcome<DateRange> of(LocalDate from, LocalDate to) {
    if (to.isBefore(from)) return Outcome.refused(Refusals.RANGE_REVERSED);
    if (!to.isBefore(from.plusMonths(MAX_MONTHS))) {
      return Outcome.refused(Refusals.RANGE_TOO_LONG);
    }
    return Outcome.done(new DateRange(from, to));
  }

  static DateRange month(LocalDate first) {
    return new DateRange(first, first.plusMonths(1).minusDays(1));
  }

  boolean isWholeMonth() {
    return from.getDayOfMonth() == 1 && equals(month(from));
  }

  Instant start() {
    return London.startOf(from);
  }

  /// The first instant that no longer belongs to it.
  Instant end() {
    return London.startOf(to.plusDays(1));
  }
}
