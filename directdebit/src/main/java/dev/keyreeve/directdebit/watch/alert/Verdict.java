package dev.keyreeve.directdebit.watch.alert;

/// What an evaluation does.
sealed interface Verdict {

  /// Nothing stands, and nothing is opened.
  record Nothing() implements Verdict {}

  record Open(Severity severity) implements Verdict {}

  /// The alert stays as people left it: only its numbers move on, and nobody is told.
  ///
  /// @param severity the worst it has been
  record Keep(Severity severity, RuleState.ClearRun clear) implements Verdict {}

  /// The alert is worse than before, and open whatever people have done about it.
  record Escalate(Severity severity) implements Verdict {}

  /// The snooze is over.
  record Reopen() implements Verdict {}

  record Resolve() implements Verdict {}
}
