package dev.keyreeve.directdebit.bacs.calendar;

import java.time.LocalDate;

/// The three processing days that a submission takes; more pass where a provider stands before
/// Bacs, which takes items in earlier.
///
/// @param inputDay when Bacs, or the provider, takes the submission in
/// @param processingDay when Bacs passes its records to the banks; files and returned debits name
///   it
/// @param entryDay when payers are debited and the collector is credited
public record Cycle(LocalDate inputDay, LocalDate processingDay, LocalDate entryDay) {

  /// Processing days from Bacs's own input day to its entry day.
  public static final int LEAD_DAYS = 2;

  public Cycle {
    if (!inputDay.isBefore(processingDay) || !processingDay.isBefore(entryDay)) {
      throw new IllegalArgumentException("the days of a cycle follow one another");
    }
  }
}
