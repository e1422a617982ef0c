package dev.keyreeve.directdebit.calendar;

import java.time.LocalDate;

/// The three processing days that a submission takes.
///
/// @param inputDay when Bacs takes the file in
/// @param processingDay when Bacs passes its records to the banks; files and returned debits name
///   it
/// @param entryDay when payers are debited and the collector is credited
public record Cycle(LocalDate inputDay, LocalDate processingDay, LocalDate entryDay) {

  public Cycle {
    if (!inputDay.isBefore(processingDay) || !processingDay.isBefore(entryDay)) {
      throw new IllegalArgumentException("the days of a cycle follow one another");
    }
  }
}
