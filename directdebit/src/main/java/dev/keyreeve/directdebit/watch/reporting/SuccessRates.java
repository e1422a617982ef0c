package dev.keyreeve.directdebit.watch.reporting;

/// How a cohort fared.
///
/// @param cohort collections whose original entry day is in the window and that had at least one
///   attempt which the scheme took in
/// @param resolved those whose outcome is final
/// @param collected those of the resolved of which an attempt settled, claims left aside
/// @param excluded what was to be collected in the window and was never presented
/// @param successRate collected / resolved
/// @param netSuccessRate collected without those of which a claim stands / resolved
/// @param firstAttemptSuccessRate first attempts that settled / first attempts that came to
///   something
/// @param recoveryRate collected after the first attempt failed / first attempts that failed
/// @param averageAttempts attempts of the resolved / resolved
/// @param attemptFailureRate attempts that failed / attempts that came to something
record SuccessRates(
    Tally cohort,
    Tally resolved,
    Tally unresolved,
    Tally collected,
    Excluded excluded,
    Measure successRate,
    Measure netSuccessRate,
    Measure firstAttemptSuccessRate,
    Measure recoveryRate,
    Measure averageAttempts,
    Measure attemptFailureRate) {

  /// @param inputRejected the scheme took in no attempt
  record Excluded(Tally cancelled, Tally skipped, Tally inputRejected) {}
}
