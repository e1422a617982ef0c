package dev.keyreeve.directdebit.mandate.schedule;

import dev.keyreeve.procedure.shape.Format;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;

/// A day that every month has: the 1st to the 28th, or the last.
///
/// @param number 1 to 28, or 0 for the last day
@Format(pattern = "^(?:[1-9]|1[0-9]|2[0-8]|last)$", example = "1")
public record DayOfMonth(int number) {
  private static final Pattern NUMBER = Pattern.compile("[1-9]|1[0-9]|2[0-8]");
  private static final String LAST_WORD = "last";

  public static final DayOfMonth LAST = new DayOfMonth(0);

  public DayOfMonth {
    if (number < 0 || number > 28) {
      throw new IllegalArgumentException("A day of the month is 1 to 28 or last.");
    }
  }

  public static DayOfMonth parse(String text) {
    if (text.equals(LAST_WORD)) return LAST;
    if (NUMBER.matcher(text).matches()) return new DayOfMonth(Integer.parseInt(text));

    throw new IllegalArgumentException("A day of the month is 1 to 28 or last.");
  }

  LocalDate in(YearMonth month) {
    return number == 0 ? month.atEndOfMonth() : month.atDay(number);
  }

  @Override
  public String toString() {
    return number == 0 ? LAST_WORD : Integer.toString(number);
  }
}
