package dev.keyreeve.directdebit.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionWindowTest {

  private final BacsCalendar calendar = new BacsCalendar(BankHolidays.known());
  private final SubmissionWindow bacs = SubmissionWindow.ofBacs(calendar);

  @ParameterizedTest
  @CsvSource({
    // summer: London is an hour ahead of UTC
    "2026-07-08T05:59:59Z, false",
    "2026-07-08T06:00:00Z, true",
    "2026-07-08T21:29:59.999Z, true",
    "2026-07-08T21:30:00Z, false",
    // winter
    "2026-12-16T06:59:59Z, false",
    "2026-12-16T07:00:00Z, true",
    "2026-12-16T22:29:59Z, true",
    "2026-12-16T22:30:00Z, false",
    // a Saturday, and Christmas Day
    "2026-07-11T12:00:00Z, false",
    "2026-12-25T12:00:00Z, false",
  })
  void opensAndClosesByLondonsClocks(Instant now, boolean open) {
    assertThat(bacs.isOpenAt(now)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-08T04:00:00Z, 2026-07-08", // before it opens
    "2026-07-08T21:29:59Z, 2026-07-08",
    "2026-07-08T21:30:00Z, 2026-07-09", // missed
    "2026-07-08T22:59:59Z, 2026-07-09", // 23:59 in London
    "2026-07-08T23:00:00Z, 2026-07-09", // midnight in London
    "2026-07-10T21:30:00Z, 2026-07-13", // over the weekend
    "2026-12-24T22:30:00Z, 2026-12-29", // over Christmas
    "2026-03-27T22:29:59Z, 2026-03-27", // the Friday before the clocks go forward
    "2026-03-30T21:29:59Z, 2026-03-30", // and the Monday after
    "2026-10-23T21:30:00Z, 2026-10-26", // the Friday before they go back
    "2026-10-26T22:29:59Z, 2026-10-26",
  })
  void findsTheNextInputDay(Instant now, LocalDate inputDay) {
    assertThat(bacs.nextCycle(now)).isEqualTo(calendar.cycleFrom(inputDay));
  }

  @Test
  void tellsUntilWhenDebitsForADayCanBeSubmitted() {
    assertThat(bacs.closes(LocalDate.parse("2026-07-10"))).isEqualTo("2026-07-08T21:30:00Z");
    assertThat(bacs.closes(LocalDate.parse("2026-12-29"))).isEqualTo("2026-12-23T22:30:00Z");
    // entered on the Tuesday after the clocks went forward, submitted on the Friday before
    assertThat(bacs.closes(LocalDate.parse("2026-03-31"))).isEqualTo("2026-03-27T22:30:00Z");
  }

  @Test
  void opensOnTheFirstProcessingDayOfTheLastThirty() {
    // processed on Thursday 30 July, 30 days after Tuesday 30 June
    assertThat(bacs.opens(LocalDate.parse("2026-07-31"))).isEqualTo("2026-06-30T06:00:00Z");
    // processed on Monday 10 August, 30 days after a Saturday
    assertThat(bacs.opens(LocalDate.parse("2026-08-11"))).isEqualTo("2026-07-13T06:00:00Z");
  }

  @Test
  void tellsWhatIsTooEarlyAndWhatIsTooLate() {
    var friday = LocalDate.parse("2026-07-10");

    assertThat(bacs.timing(friday, Instant.parse("2026-06-08T05:59:59Z")))
        .isEqualTo(new Timing.TooEarly(Instant.parse("2026-06-09T06:00:00Z")));
    assertThat(bacs.timing(friday, Instant.parse("2026-07-08T21:29:59Z")))
        .isEqualTo(new Timing.InTime(Instant.parse("2026-07-08T21:30:00Z")));
    assertThat(bacs.timing(friday, Instant.parse("2026-07-08T21:30:00Z")))
        .isEqualTo(new Timing.TooLate(LocalDate.parse("2026-07-13")));
  }

  @Test
  void aBureauMayCloseEarlier() {
    var bureau = new SubmissionWindow(calendar, LocalTime.of(9, 0), LocalTime.of(15, 30));

    assertThat(bureau.closes(LocalDate.parse("2026-07-10"))).isEqualTo("2026-07-08T14:30:00Z");
    assertThatThrownBy(() -> new SubmissionWindow(calendar, LocalTime.NOON, LocalTime.NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCutOffIsTheMomentAtWhichADayIsMissed() {
    var random = new Random(5);
    var start = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    var end = Instant.parse("2099-12-01T00:00:00Z").getEpochSecond();

    for (var i = 0; i < 20_000; i++) {
      var now = Instant.ofEpochSecond(random.nextLong(start, end));

      var cycle = bacs.nextCycle(now);

      var cutOff = bacs.closes(cycle.entryDay());
      assertThat(now).isBefore(cutOff);
      assertThat(bacs.timing(cycle.entryDay(), now)).isEqualTo(new Timing.InTime(cutOff));
      assertThat(bacs.nextCycle(cutOff.minusNanos(1))).isEqualTo(cycle);
      assertThat(bacs.nextCycle(cutOff).inputDay()).isEqualTo(calendar.next(cycle.inputDay()));
      var dayBefore = calendar.previous(cycle.entryDay());
      assertThat(bacs.timing(dayBefore, now)).isEqualTo(new Timing.TooLate(cycle.entryDay()));
    }
  }
}
