package dev.keyreeve.directdebit.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// The calendar of the scheme: a date is a day in London, whoever asks.
final class London {
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  private London() {}

  static LocalDate dateOf(Instant at) {
    return LocalDate.ofInstant(at, ZONE);
  }

  static Instant startOf(LocalDate date) {
    return date.atStartOfDay(ZONE).toInstant();
  }
}
