package dev.keyreeve.directdebit.collector.moment;

import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.London;
import java.time.Instant;
import java.time.LocalDate;

/// A time of one day.
///
/// @param day in London
public record Moment(MomentKind kind, LocalDate day) {

  public Instant at() {
    return London.at(day, kind.time());
  }

  /// The first moment after an instant.
  public static Moment after(Instant instant, BacsCalendar calendar) {
    for (var day = London.dateOf(instant); ; day = day.plusDays(1)) {
      for (var kind : MomentKind.values()) {
        var moment = new Moment(kind, day);
        var isHeld = !kind.onProcessingDaysOnly() || calendar.isProcessingDay(day);
        if (isHeld && moment.at().isAfter(instant)) return moment;
      }
    }
  }
}
