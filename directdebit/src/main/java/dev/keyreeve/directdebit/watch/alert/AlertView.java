package dev.keyreeve.directdebit.watch.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert as callers see it. Values and levels are whole numbers in the unit: a rate is
/// `numerator` of `denominator`, and its levels are hundredths of a percent.
///
/// @param scope `organisation`, `sun:123456`, `tag:branch=harbour`, or the one thing that it is
///   about: `claim:`, `mandate:` or `submission:` with its id
/// @param severity the worst it has been
/// @param since when it came into this status
/// @param summary one sentence for people
/// @param warn the rule's level when the alert opened; so is `critical`
/// @param numerator of the last evaluation; the value itself where the unit is not `basis_points`
/// @param denominator 0 where the unit is not `basis_points`
/// @param peakNumerator of the worst evaluation
/// @param dismissReason why it was dismissed, while it is
/// @param snoozeUntil the day on which it opens again if the metric has not cleared
/// @param previousId the alert of the same rule and scope that was resolved before this one opened
/// @param allowedActions what would change something now
/// @param version rises when somebody or something moves it, not with each evaluation; name it as
///   `ifVersion` to change only what you have seen
record AlertView(
    AlertId id,
    RuleName rule,
    AlertMetric metric,
    @Nullable ReasonFamily family,
    String scope,
    Severity severity,
    AlertStatus status,
    Instant since,
    String summary,
    AlertUnit unit,
    long warn,
    long critical,
    long numerator,
    long denominator,
    long peakNumerator,
    long peakDenominator,
    @Nullable String dismissReason,
    @Nullable LocalDate snoozeUntil,
    @Nullable AlertId previousId,
    List<AlertAction> allowedActions,
    Instant openedAt,
    @Nullable Instant resolvedAt,
    Instant lastEvaluatedAt,
    int version) {

  static AlertView of(Alert alert) {
    return new AlertView(
        alert.id(),
        alert.rule(),
        alert.metric(),
        alert.family(),
        alert.scope(),
        alert.severity(),
        alert.status(),
        alert.since(),
        Summary.of(alert),
        alert.metric().unit(),
        alert.warn(),
        alert.critical(),
        alert.counts().numerator(),
        alert.counts().denominator(),
        alert.peak().numerator(),
        alert.peak().denominator(),
        alert.dismissReason(),
        alert.snoozeUntil(),
        alert.previousId(),
        List.copyOf(alert.status().allowedActions()),
        alert.openedAt(),
        alert.resolvedAt(),
        alert.evaluatedAt(),
        alert.version());
  }
}
