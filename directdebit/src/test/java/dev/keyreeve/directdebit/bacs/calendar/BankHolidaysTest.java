package dev.keyreeve.directdebit.bacs.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.table.TableReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankHolidaysTest {

  private static IntStream years() {
    return IntStream.rangeClosed(2020, 2099);
  }

  @TempDir Path directory;

  /// As GOV.UK lists them for England and Wales.
  @ParameterizedTest
  @CsvSource({
    "2020, 01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    "2021, 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    "2022, 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    "2023, 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    "2024, 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    "2025, 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    "2026, 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    "2027, 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
  })
  void areThePublishedOnes(int year, String published) {
    var known = BankHolidays.known();

    var onWorkingDays =
        known.in(Year.of(year)).stream().filter(date -> !BankHolidays.isWeekend(date));

    assertThat(onWorkingDays)
        .containsExactlyElementsOf(
            Stream.of(published.split(" ")).map(day -> LocalDate.parse(year + "-" + day)).toList());
  }

  @Test
  void areEightOnWorkingDaysInEveryYearWithoutAProclamation() {
    var known = BankHolidays.known();

    assertThat(years().filter(year -> year != 2022 && year != 2023))
        .allSatisfy(
            year ->
                assertThat(
                        known.in(Year.of(year)).stream()
                            .filter(date -> !BankHolidays.isWeekend(date)))
                    .as("%d", year)
                    .hasSize(8));
  }

  /// The Calendar (New Style) Act of 1750 finds Easter in a table: the golden number of a year
  /// gives the full moon, and Easter is the Sunday after it. This is its table for 1900 to 2199.
  @Test
  void easterIsWhereTheTableOfTheCalendarActHasIt() {
    var fullMoons =
        List.of(
            "04-14", "04-03", "03-23", "04-11", "03-31", "04-18", "04-08", "03-28", "04-16",
            "04-05", "03-25", "04-13", "04-02", "03-22", "04-10", "03-30", "04-17", "04-07",
            "03-27");

    assertThat(IntStream.rangeClosed(1900, 2199))
        .allSatisfy(
            year -> {
              var day = LocalDate.parse(year + "-" + fullMoons.get(year % 19)).plusDays(1);
              while (day.getDayOfWeek() != DayOfWeek.SUNDAY) day = day.plusDays(1);
              assertThat(Easter.sundayIn(year)).isEqualTo(day);
            });
  }

  @ParameterizedTest
  @CsvSource({"1818, 03-22", "1954, 04-18", "1981, 04-19", "2038, 04-25", "2285, 03-22"})
  void easterReachesItsOutermostDates(int year, String date) {
    assertThat(Easter.sundayIn(year)).isEqualTo(LocalDate.parse(year + "-" + date));
  }

  @Test
  void anOperatorAddsAndRemovesDaysAndHasTheLastWord() throws IOException {
    var holidays =
        load(
            """
            # what the King proclaims
            add 2031-06-10   a jubilee
            remove 2031-05-26 moved

            remove 2023-05-08
            """);

    assertThat(holidays.include(LocalDate.parse("2031-06-10"))).isTrue();
    assertThat(holidays.include(LocalDate.parse("2031-05-26"))).isFalse();
    assertThat(holidays.include(LocalDate.parse("2023-05-08"))).isFalse();
    assertThat(holidays.include(LocalDate.parse("2022-09-19"))).isTrue();
  }

  @Test
  void aLaterChangeBeatsAnEarlierOne() throws IOException {
    var holidays = load("remove 2031-12-25\nadd 2031-12-25\nadd 2031-07-01\nremove 2031-07-01");

    assertThat(holidays.include(LocalDate.parse("2031-12-25"))).isTrue();
    assertThat(holidays.include(LocalDate.parse("2031-07-01"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2031-06-10",
        "add 10/06/2031",
        "add 2031-02-29 no leap year",
        "added 2031-06-10",
        "add 2031-06-10x",
        "add 2031-06-14 a Saturday"
      })
  void namesEveryLineThatItCannotRead(String line) throws IOException {
    var file = directory.resolve("changes.txt");
    var reading =
        BankHolidays.read(Files.writeString(file, "add\nadd 2031-06-10\n# a remark\n" + line));

    switch (reading) {
      case TableReading.Read<BankHolidays> _ -> throw new AssertionError("not refused");
      case TableReading.Refused<BankHolidays>(var faults) ->
          assertThat(faults)
              .satisfiesExactly(
                  fault -> assertThat(fault).startsWith("line 1 of " + file + ": \"add\": "),
                  fault -> assertThat(fault).startsWith("line 4 of " + file).contains(line));
    }
  }

  @Test
  void knowsNothingOfScotlandAndNorthernIreland() {
    var known = BankHolidays.known();

    assertThat(years())
        .allSatisfy(
            year -> {
              var stAndrew = LocalDate.of(year, Month.NOVEMBER, 30);
              var stPatrick = LocalDate.of(year, Month.MARCH, 17);
              assertThat(known.include(stAndrew)).isFalse();
              assertThat(known.include(stPatrick)).isFalse();
            });
  }

  private BankHolidays load(String changes) throws IOException {
    var file = Files.writeString(directory.resolve("changes.txt"), changes);
    return switch (BankHolidays.read(file)) {
      case TableReading.Read<BankHolidays>(var holidays) -> holidays;
      case TableReading.Refused<BankHolidays>(var faults) -> throw new AssertionError(faults);
    };
  }
}
