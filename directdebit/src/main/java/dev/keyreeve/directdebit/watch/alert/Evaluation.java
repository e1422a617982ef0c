package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleState.ClearRun;
import dev.keyreeve.directdebit.watch.alert.RuleState.Live;
import dev.keyreeve.directdebit.watch.alert.RuleState.Quiet;
import java.time.LocalDate;

/// Decides what a metric's level does to the alert of a rule. An alert opens at the warning and is
/// resolved only beyond the clear level, so that a value that swings about one of them opens and
/// closes nothing.
final class Evaluation {

  private Evaluation() {}

  /// @param day the London day that is evaluated
  /// @param daily whether this is the evaluation of the day; others see that a metric breaches, but
  ///   do not count days on which it is clear
  static Verdict of(Rule rule, AlertLevel level, RuleState state, LocalDate day, boolean daily) {
    return switch (state) {
      case Quiet quiet ->
          switch (level) {
            case INSUFFICIENT_DATA, CLEAR, ELEVATED -> new Verdict.Nothing();
            case WARNING -> opened(rule, quiet, day, Severity.WARNING);
            case CRITICAL -> opened(rule, quiet, day, Severity.CRITICAL);
          };
      case Live live ->
          switch (level) {
            case INSUFFICIENT_DATA, ELEVATED -> new Verdict.Keep(live.severity(), ClearRun.NONE);
            case CLEAR -> cleared(rule, live, day, daily);
            case WARNING -> breached(live, day, Severity.WARNING);
            case CRITICAL -> breached(live, day, Severity.CRITICAL);
          };
    };
  }

  private static Verdict opened(Rule rule, Quiet quiet, LocalDate day, Severity severity) {
    var resolved = quiet.resolvedOn();
    boolean isCooling = resolved != null && day.isBefore(resolved.plusDays(rule.cooldownDays()));
    return isCooling ? new Verdict.Nothing() : new Verdict.Open(severity);
  }

  private static Verdict cleared(Rule rule, Live live, LocalDate day, boolean daily) {
    int wanted = rule.metric().clearDays();
    if (wanted == 0) return new Verdict.Resolve();
    if (!daily) return new Verdict.Keep(live.severity(), live.clear());

    var run = live.clear().and(day);
    return run.days() >= wanted ? new Verdict.Resolve() : new Verdict.Keep(live.severity(), run);
  }

  private static Verdict breached(Live live, LocalDate day, Severity severity) {
    var until = live.snoozeUntil();
    boolean isWorse = severity.isAbove(live.severity());
    var worst = isWorse ? severity : live.severity();
    return switch (live.status()) {
      case OPEN, ACKNOWLEDGED ->
          isWorse ? new Verdict.Escalate(severity) : new Verdict.Keep(worst, ClearRun.NONE);
      case DISMISSED -> {
        if (until == null) yield new Verdict.Keep(worst, ClearRun.NONE);
        if (isWorse) yield new Verdict.Escalate(severity);
        yield day.isBefore(until) ? new Verdict.Keep(worst, ClearRun.NONE) : new Verdict.Reopen();
      }
      case RESOLVED -> throw new IllegalStateException("what is resolved does not stand");
    };
  }
}
