package dev.keyreeve.directdebit.bacs.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacsCalendarTest {

  private final BacsCalendar calendar = new BacsCalendar(BankHolidays.known());

  @ParameterizedTest
  @CsvSource({
    "2026-12-24, true",
    "2026-12-25, false", // Christmas Day
    "2026-12-26, false", // a Saturday
    "2026-12-28, false", // for Boxing Day
    "2026-12-29, true",
    "2026-11-30, true", // a holiday in Scotland alone
    "2026-07-13, true", // a holiday in Northern Ireland alone
  })
  void processesOnWorkingDaysOfEnglandAndWales(LocalDate date, boolean processes) {
    assertThat(calendar.isProcessingDay(date)).isEqualTo(processes);
  }

  @ParameterizedTest
  @CsvSource({
    // on a processing day: itself, its neighbours
    "2026-07-08, 2026-07-08, 2026-07-08, 2026-07-09, 2026-07-07",
    // on Saturday: Monday or Friday
    "2026-07-11, 2026-07-13, 2026-07-10, 2026-07-13, 2026-07-10",
    // on Good Friday: over four days
    "2026-04-03, 2026-04-07, 2026-04-02, 2026-04-07, 2026-04-02",
    // from Christmas Day 2027, a Saturday, to the Wednesday after
    "2027-12-25, 2027-12-29, 2027-12-24, 2027-12-29, 2027-12-24",
  })
  void rollsToProcessingDays(
      LocalDate date, LocalDate onOrAfter, LocalDate onOrBefore, LocalDate next, LocalDate last) {
    assertThat(calendar.onOrAfter(date)).isEqualTo(onOrAfter);
    assertThat(calendar.onOrBefore(date)).isEqualTo(onOrBefore);
    assertThat(calendar.next(date)).isEqualTo(next);
    assertThat(calendar.previous(date)).isEqualTo(last);
  }

  @Test
  void countsProcessingDays() {
    var friday = LocalDate.parse("2026-12-18");

    assertThat(calendar.plus(friday, 5)).isEqualTo("2026-12-29");
    assertThat(calendar.minus(LocalDate.parse("2026-12-29"), 5)).isEqualTo(friday);
    assertThat(calendar.between(friday, LocalDate.parse("2026-12-29"))).isEqualTo(5);
    assertThat(calendar.between(friday, friday)).isZero();
    assertThat(calendar.between(friday, friday.minusDays(1))).isZero();
  }

  @Test
  void doesNotCountTheOtherWayRound() {
    var day = LocalDate.parse("2026-12-18");

    assertThatThrownBy(() -> calendar.plus(day, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> calendar.minus(day, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-10, 2026-07-08, 2026-07-09, 2026-07-10",
    "2026-07-12, 2026-07-09, 2026-07-10, 2026-07-13", // a Sunday rolls forward
    "2026-12-29, 2026-12-23, 2026-12-24, 2026-12-29",
    "2027-01-01, 2026-12-30, 2026-12-31, 2027-01-04", // New Year's Day rolls forward
  })
  void plansTheThreeDaysBackFromADueDate(
      LocalDate due, LocalDate input, LocalDate processing, LocalDate entry) {
    assertThat(calendar.cycleTo(due)).isEqualTo(new Cycle(input, processing, entry));
    assertThat(calendar.cycleFrom(input)).isEqualTo(new Cycle(input, processing, entry));
  }

  @Test
  void refusesACycleOutOfOrder() {
    var day = LocalDate.parse("2026-07-10");

    assertThatThrownBy(() -> new Cycle(day, day, day.plusDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesAdvanceNoticeInWorkingDays() {
    var entry = LocalDate.parse("2026-12-31");

    assertThat(calendar.noticeDay(entry, 10)).isEqualTo("2026-12-15");
    assertThat(calendar.noticeDay(entry, 3)).isEqualTo("2026-12-24");
    assertThat(calendar.firstEntryDay(LocalDate.parse("2026-12-15"), 10)).isEqualTo(entry);
  }

  /// Every law holds from each day of eighty years.
  @Test
  void keepsItsLawsFrom2020To2099() {
    days()
        .forEach(
            date -> {
              var next = calendar.next(date);
              var rolled = calendar.onOrAfter(date);

              assertThat(calendar.isProcessingDay(next)).isTrue();
              assertThat(next).isAfter(date).isBefore(date.plusDays(7));
              assertThat(rolled).isAfterOrEqualTo(date);
              assertThat(calendar.onOrAfter(rolled)).isEqualTo(rolled);
              assertThat(calendar.previous(next)).isEqualTo(calendar.onOrBefore(date));
              assertThat(calendar.plus(date, 0)).isEqualTo(rolled);
              assertThat(calendar.minus(calendar.plus(date, 7), 7)).isEqualTo(rolled);
              assertThat(calendar.plus(calendar.plus(date, 3), 4))
                  .isEqualTo(calendar.plus(date, 7));
              assertThat(calendar.between(rolled, calendar.plus(date, 7))).isEqualTo(7);
            });
  }

  @Test
  void plansEveryCycleOnThreeSuccessiveProcessingDays() {
    days()
        .forEach(
            due -> {
              var cycle = calendar.cycleTo(due);

              assertThat(cycle.entryDay()).isEqualTo(calendar.onOrAfter(due));
              assertThat(calendar.next(cycle.inputDay())).isEqualTo(cycle.processingDay());
              assertThat(calendar.next(cycle.processingDay())).isEqualTo(cycle.entryDay());
              assertThat(calendar.cycleFrom(cycle.inputDay())).isEqualTo(cycle);
            });
  }

  /// Whoever is told on or before the notice day can be debited on the wanted day, and nobody else.
  @Test
  void noticeDayAndFirstEntryDaySayTheSame() {
    days()
        .filter(calendar::isProcessingDay)
        .forEach(
            entry ->
                IntStream.of(0, 2, 3, 10)
                    .forEach(
                        workingDays -> {
                          var last = calendar.noticeDay(entry, workingDays);
                          assertThat(calendar.firstEntryDay(last, workingDays)).isEqualTo(entry);
                          assertThat(calendar.firstEntryDay(last.plusDays(1), workingDays))
                              .isAfter(entry);
                        }));
  }

  @Test
  void neverProcessesAtWeekends() {
    assertThat(days().filter(calendar::isProcessingDay))
        .extracting(LocalDate::getDayOfWeek)
        .doesNotContain(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  }

  private static Stream<LocalDate> days() {
    return LocalDate.of(2020, 1, 1).datesUntil(LocalDate.of(2100, 1, 1));
  }
}
