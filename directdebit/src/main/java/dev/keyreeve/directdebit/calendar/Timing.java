package dev.keyreeve.directdebit.calendar;

import java.time.Instant;
import java.time.LocalDate;

/// How a wanted day of entry and the time of day go together.
public sealed interface Timing {

  /// @param opens when the debits can be submitted
  record TooEarly(Instant opens) implements Timing {}

  /// @param closes when they no longer can
  record InTime(Instant closes) implements Timing {}

  /// @param firstEntryDay the first day that can still be reached
  record TooLate(LocalDate firstEntryDay) implements Timing {}
}
