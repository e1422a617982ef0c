package dev.keyreeve.directdebit.bacs.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/// The clock of the scheme: a date is a day in London, whoever asks.
public final class London {
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  private London() {}

  public static LocalDate dateOf(Instant at) {
    return LocalDate.ofInstant(at, ZONE);
  }

  public static Instant startOf(LocalDate date) {
    return date.atStartOfDay(ZONE).toInstant();
  }

  /// When London's clocks show `time` on `date`: the first time if they show it twice, and an hour
  /// later if they skip it.
  public static Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(ZONE).toInstant();
  }
}
