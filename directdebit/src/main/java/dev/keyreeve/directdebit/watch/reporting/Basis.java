package dev.keyreeve.directdebit.watch.reporting;

/// What a rate of clawbacks is counted on.
enum Basis {
  /// What was ever claimed back of the collections whose original entry day is in the window.
  COLLECTION,
  /// Claims received in the window, set beside what settled in it. Shows spikes, and can exceed 1.
  CLAIM
}
