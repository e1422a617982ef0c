package dev.keyreeve.directdebit.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/// When a submission can be made.
///
/// A sponsor or a bureau may open later and close earlier than Bacs itself.
///
/// @param opensAt the first moment of an input day, on London's clocks
/// @param closesAt the cut-off: the first moment of an input day that is too late
public record SubmissionWindow(BacsCalendar calendar, LocalTime opensAt, LocalTime closesAt) {

  private static final int DAYS_AHEAD = 30;

  public SubmissionWindow {
    if (!opensAt.isBefore(closesAt)) {
      throw new IllegalArgumentException("a window opens before it closes");
    }
  }

  /// The hours of Bacs itself: 07:00 to 22:30 on processing days.
  public static SubmissionWindow ofBacs(BacsCalendar calendar) {
    return new SubmissionWindow(calendar, LocalTime.of(7, 0), LocalTime.of(22, 30));
  }

  /// The cycle of a submission that is made now, or as soon as the window opens.
  public Cycle nextCycle(Instant now) {
    return nextCycle(now, Cycle.LEAD_DAYS);
  }

  /// The same, where somebody stands before Bacs who needs longer.
  ///
  /// @param leadDays processing days from the submission to the debit, 2 or more
  public Cycle nextCycle(Instant now, int leadDays) {
    var today = London.dateOf(now);
    var missed = !now.isBefore(London.at(today, closesAt));
    return calendar.cycleFrom(missed ? today.plusDays(1) : today, leadDays);
  }

  public boolean isOpenAt(Instant now) {
    var today = London.dateOf(now);
    return calendar.isProcessingDay(today)
        && !now.isBefore(London.at(today, opensAt))
        && now.isBefore(London.at(today, closesAt));
  }

  /// The first moment at which debits for a day can be submitted: on the first processing day that
  /// is at most 30 calendar days before Bacs processes them.
  public Instant opens(LocalDate entryDay) {
    var cycle = calendar.cycleTo(entryDay);
    return London.at(calendar.onOrAfter(cycle.processingDay().minusDays(DAYS_AHEAD)), opensAt);
  }

  /// The cut-off for debits on a day: the first moment that is too late to submit them.
  public Instant closes(LocalDate entryDay) {
    return London.at(calendar.cycleTo(entryDay).inputDay(), closesAt);
  }

  /// Whether debits for a day can be submitted at a moment.
  public Timing timing(LocalDate entryDay, Instant now) {
    if (now.isBefore(opens(entryDay))) return new Timing.TooEarly(opens(entryDay));
    if (!now.isBefore(closes(entryDay))) return new Timing.TooLate(nextCycle(now).entryDay());

    return new Timing.InTime(closes(entryDay));
  }
}
