package dev.keyreeve.directdebit.rail.sandbox;

/// Something that the sandbox bank will report.
///
/// @param day of the cycle, as the scheme counts processing days: 1 is the input day of the debit
///   or instruction, 2 its processing day, 3 its entry day
public record PlannedReport(int day, BankEvent what) {

  public PlannedReport {
    if (day < 1) throw new IllegalArgumentException("a cycle begins with day 1");
  }
}
