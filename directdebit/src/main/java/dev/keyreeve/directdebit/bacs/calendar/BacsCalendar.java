package dev.keyreeve.directdebit.bacs.calendar;

import java.time.LocalDate;
import java.time.LocalTime;

/// The processing days of Bacs: every day but Saturdays, Sundays and the bank holidays of England
/// and Wales. What is a holiday in Scotland or Northern Ireland alone is a processing day.
///
/// All dates are days in London. Any date may be asked about; a date that is no processing day
/// counts as the next one where days are counted on, and as the one before where they are counted
/// back.
public record BacsCalendar(BankHolidays holidays) {

  /// By which time of a processing day, in London, everybody has the banks' reports of the day
  /// before.
  public static final LocalTime REPORTS_BY = LocalTime.NOON;

  public boolean isProcessingDay(LocalDate date) {
    return !BankHolidays.isWeekend(date) && !holidays.include(date);
  }

  /// The date itself if it is a processing day, or else the next one: due dates roll forward.
  public LocalDate onOrAfter(LocalDate date) {
    var day = date;
    while (!isProcessingDay(day)) day = day.plusDays(1);
    return day;
  }

  /// The date itself if it is a processing day, or else the one before.
  public LocalDate onOrBefore(LocalDate date) {
    var day = date;
    while (!isProcessingDay(day)) day = day.minusDays(1);
    return day;
  }

  /// The first processing day after a date.
  public LocalDate next(LocalDate date) {
    return onOrAfter(date.plusDays(1));
  }

  /// The last processing day before a date.
  public LocalDate previous(LocalDate date) {
    return onOrBefore(date.minusDays(1));
  }

  /// The processing day that comes `days` processing days after a date; with 0 it is
  /// [#onOrAfter(LocalDate)].
  ///
  /// @throws IllegalArgumentException if `days` is negative
  public LocalDate plus(LocalDate date, int days) {
    if (days < 0) throw new IllegalArgumentException("cannot count on by " + days);

    var day = onOrAfter(date);
    for (var left = days; left > 0; left--) day = next(day);
    return day;
  }

  /// The processing day that comes `days` processing days before a date; with 0 it is
  /// [#onOrBefore(LocalDate)].
  ///
  /// @throws IllegalArgumentException if `days` is negative
  public LocalDate minus(LocalDate date, int days) {
    if (days < 0) throw new IllegalArgumentException("cannot count back by " + days);

    var day = onOrBefore(date);
    for (var left = days; left > 0; left--) day = previous(day);
    return day;
  }

  /// How many processing days come after `from`, up to and including `to`; 0 if `to` is no later.
  public int between(LocalDate from, LocalDate to) {
    if (!to.isAfter(from)) return 0;

    return (int) from.plusDays(1).datesUntil(to.plusDays(1)).filter(this::isProcessingDay).count();
  }

  /// The cycle of a submission that is made on a day.
  public Cycle cycleFrom(LocalDate inputDay) {
    return cycleFrom(inputDay, Cycle.LEAD_DAYS);
  }

  /// The same, where somebody stands before Bacs who needs longer.
  ///
  /// @param leadDays processing days from the submission to the debit, 2 or more
  public Cycle cycleFrom(LocalDate inputDay, int leadDays) {
    var input = onOrAfter(inputDay);
    return new Cycle(input, plus(input, leadDays - 1), plus(input, leadDays));
  }

  /// The cycle whose debits are made on a day, or on the next processing day after it.
  public Cycle cycleTo(LocalDate entryDay) {
    return cycleTo(entryDay, Cycle.LEAD_DAYS);
  }

  /// The same, where somebody stands before Bacs who needs longer.
  ///
  /// @param leadDays processing days from the submission to the debit, 2 or more
  public Cycle cycleTo(LocalDate entryDay, int leadDays) {
    var entry = onOrAfter(entryDay);
    return new Cycle(minus(entry, leadDays), minus(entry, 1), entry);
  }

  /// The last day on which a payer can be told of a debit, so that `workingDays` pass between.
  ///
  /// @param workingDays how many the mandate's advance notice agrees; the scheme's own is 10
  public LocalDate noticeDay(LocalDate entryDay, int workingDays) {
    return minus(onOrAfter(entryDay), workingDays);
  }

  /// The first day on which a debit can be made of which the payer is told on a day.
  public LocalDate firstEntryDay(LocalDate noticeDay, int workingDays) {
    return plus(noticeDay, workingDays);
  }
}
