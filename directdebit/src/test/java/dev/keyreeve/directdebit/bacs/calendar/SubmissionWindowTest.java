package dev.keyreeve.directdebit.bacs.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionWindowTest {

  private final BacsCalendar calendar = new BacsCalendar(BankHolidays.known());
  private final SubmissionWindow bacs =
      new SubmissionWindow(calendar, SubmissionWindow.BACS_CLOSES);

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
    assertThat(bacs.nextCycle(now, Cycle.LEAD_DAYS)).isEqualTo(calendar.cycleFrom(inputDay));
  }

  @Test
  void aBureauMayCloseEarlier() {
    var bureau = new SubmissionWindow(calendar, LocalTime.of(15, 30));

    assertThat(inputDay(bureau, "2026-07-08T14:29:59Z")).isEqualTo("2026-07-08");
    assertThat(inputDay(bureau, "2026-07-08T14:30:00Z")).isEqualTo("2026-07-09");
  }

  private static LocalDate inputDay(SubmissionWindow window, String now) {
    return window.nextCycle(Instant.parse(now), Cycle.LEAD_DAYS).inputDay();
  }

  @Test
  void whoNeedsLongerReachesALaterDay() {
    var cycle = bacs.nextCycle(Instant.parse("2026-07-08T12:00:00Z"), 4);

    assertThat(cycle).isEqualTo(calendar.cycleFrom(LocalDate.parse("2026-07-08"), 4));
    assertThat(cycle.entryDay()).isEqualTo("2026-07-14");
  }

  @Test
  void aCutOffIsTheMomentAtWhichADayIsMissed() {
    var random = new Random(5);
    var start = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    var end = Instant.parse("2099-12-01T00:00:00Z").getEpochSecond();

    for (var i = 0; i < 20_000; i++) {
      var now = Instant.ofEpochSecond(random.nextLong(start, end));

      var cycle = bacs.nextCycle(now, Cycle.LEAD_DAYS);

      var cutOff = London.at(cycle.inputDay(), SubmissionWindow.BACS_CLOSES);
      var missed = London.at(calendar.previous(cycle.inputDay()), SubmissionWindow.BACS_CLOSES);
      assertThat(now).isBefore(cutOff).isAfterOrEqualTo(missed);
      assertThat(bacs.nextCycle(cutOff.minusNanos(1), Cycle.LEAD_DAYS)).isEqualTo(cycle);
      assertThat(bacs.nextCycle(cutOff, Cycle.LEAD_DAYS).inputDay())
          .isEqualTo(calendar.next(cycle.inputDay()));
    }
  }
}
