package dev.keyreeve.directdebit.mandate.schedule;

import java.util.Locale;

/// How often a schedule debits.
public enum Frequency {
  WEEKLY(1, 0),
  EVERY_TWO_WEEKS(2, 0),
  EVERY_FOUR_WEEKS(4, 0),
  MONTHLY(0, 1),
  QUARTERLY(0, 3),
  YEARLY(0, 12);

  private final int weeks;
  private final int months;

  Frequency(int weeks, int months) {
    this.weeks = weeks;
    this.months = months;
  }

  /// Whether it counts months, and so debits on a day of the month.
  boolean isOfMonths() {
    return months > 0;
  }

  /// From one debit to the next; 0 where it counts months.
  int weeks() {
    return weeks;
  }

  /// From one debit to the next; 0 where it counts weeks.
  int months() {
    return months;
  }

  /// As the wire and the database spell it, such as `every_two_weeks`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static Frequency parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
