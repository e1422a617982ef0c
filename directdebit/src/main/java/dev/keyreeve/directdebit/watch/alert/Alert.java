package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleState.ClearRun;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An alert as one row of the store.
///
/// @param scope what it is about: the rule's scope, or one claim, mandate or submission
/// @param severity the worst it has been
/// @param warn the rule's level when it opened; so is `critical`
/// @param counts of the last evaluation
/// @param peak the worst counts of all evaluations
/// @param previousId the alert of the same rule and scope that was resolved before this one
record Alert(
    AlertId id,
    RuleName rule,
    AlertMetric metric,
    @Nullable ReasonFamily family,
    String scope,
    Severity severity,
    AlertStatus status,
    Instant since,
    long warn,
    long critical,
    Counts counts,
    Counts peak,
    ClearRun clear,
    @Nullable String dismissReason,
    @Nullable LocalDate snoozeUntil,
    @Nullable AlertId previousId,
    Instant openedAt,
    @Nullable Instant resolvedAt,
    Instant evaluatedAt,
    int version,
    Instant updatedAt) {

  RuleState.Live ruleState() {
    return new RuleState.Live(status, severity, snoozeUntil, clear);
  }
}
