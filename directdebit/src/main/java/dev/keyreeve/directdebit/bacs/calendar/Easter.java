package dev.keyreeve.directdebit.bacs.calendar;

import java.time.LocalDate;

/// The date of Easter in the Gregorian calendar.
final class Easter {

  private Easter() {}

  /// The Sunday after the ecclesiastical full moon on or after 21 March.
  ///
  /// The moon repeats in 19 years (`cycle`), less what the skipped leap years of centuries and the
  /// moon's own drift have moved it by since (`epact` counts its age); `fullMoon` is counted in
  /// days from 21 March.
  static LocalDate sundayIn(int year) {
    var cycle = year % 19;
    var century = year / 100;
    var drift = (8 * century + 13) / 25;
    var epact = (19 * cycle + century - century / 4 - drift + 15) % 30;
    var fullMoon = isADayLate(epact, cycle) ? epact - 1 : epact;

    var fullMoonDate = LocalDate.of(year, 3, 21).plusDays(fullMoon);
    return fullMoonDate.plusDays(7 - fullMoonDate.getDayOfWeek().getValue() % 7);
  }

  /// The calendar knows no moon of 19 April, nor in the later half of the cycle one of 18 April.
  private static boolean isADayLate(int epact, int cycle) {
    return epact == 29 || (epact == 28 && cycle > 10);
  }
}
