package dev.keyreeve.directdebit.bacs.calendar;

import java.time.Instant;
import java.time.LocalTime;

/// Until when a day's submission can be made. A sponsor, a bureau or a provider may close earlier
/// than Bacs itself.
///
/// @param closesAt the cut-off: the first moment of an input day that is too late, on London's
///   clocks
public record SubmissionWindow(BacsCalendar calendar, LocalTime closesAt) {

  /// When Bacs itself closes.
  public static final LocalTime BACS_CLOSES = LocalTime.of(22, 30);

  /// The cycle of a submission that is made now, or on the next day that has one.
  ///
  /// @param leadDays processing days from the submission to the debit, 2 or more
  public Cycle nextCycle(Instant now, int leadDays) {
    var today = London.dateOf(now);
    var missed = !now.isBefore(London.at(today, closesAt));
    return calendar.cycleFrom(missed ? today.plusDays(1) : today, leadDays);
  }
}
