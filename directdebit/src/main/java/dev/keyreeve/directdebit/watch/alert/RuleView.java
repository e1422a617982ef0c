package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleWindow.AlertWindow;
import dev.keyreeve.directdebit.watch.alert.RuleWindow.RollingDays;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A rule as callers see it, with what its metric came to.
///
/// @param unit of the levels
/// @param days of a rolling window
/// @param minSample with a smaller denominator, nothing is said
/// @param clear an alert is resolved beyond it; absent for 80 % of `warn`, or 125 % where more is
///   better
/// @param cooldownDays for so many days after an alert was resolved, no other is opened
/// @param isDefault whether it is as it comes with Keyreeve
/// @param level where the metric stood when it was evaluated last; absent before the first time. Of
///   a rule that finds single things, `numerator` is how many there are.
/// @param version name it as `ifVersion` to change only what you have seen; 0 for a default
record RuleView(
    RuleName name,
    AlertMetric metric,
    @Nullable ReasonFamily family,
    RuleScope scope,
    AlertUnit unit,
    AlertWindow window,
    @Nullable Integer days,
    int minSample,
    long warn,
    long critical,
    @Nullable Long clear,
    int cooldownDays,
    boolean enabled,
    boolean isDefault,
    int version,
    @Nullable AlertLevel level,
    @Nullable Long numerator,
    @Nullable Long denominator,
    @Nullable Instant lastEvaluatedAt) {

  static RuleView of(RuleRows.Kept kept, RuleRows.@Nullable Reading reading) {
    var rule = kept.rule();
    return new RuleView(
        rule.name(),
        rule.metric(),
        rule.family(),
        rule.scope(),
        rule.metric().unit(),
        rule.window().period(),
        rule.window() instanceof RollingDays(int days) ? days : null,
        rule.minSample(),
        rule.warn(),
        rule.critical(),
        rule.clear(),
        rule.cooldownDays(),
        rule.enabled(),
        kept.version() == 0,
        kept.version(),
        reading == null ? null : reading.level(),
        reading == null ? null : reading.counts().numerator(),
        reading == null ? null : reading.counts().denominator(),
        reading == null ? null : reading.evaluatedAt());
  }
}
