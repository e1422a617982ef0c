package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.directdebit.watch.alert.RuleWindow.AlertWindow;
import dev.keyreeve.procedure.Repeatable;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import org.jspecify.annotations.Nullable;

/// Changes a rule, or adds one under a new name. What is not named stays as it is, or is taken from
/// the first default rule for the metric.
///
/// @param metric of a new rule, which has to name it; nobody changes what a rule is about
/// @param family reasons that a new rule counts alone
/// @param scope what a new rule counts; the organisation unless said
/// @param days of a rolling window; of an absolute rule, how far it looks
/// @param warn in the metric's unit: hundredths of a percent, pence, processing days, or how many
/// @param clear named with `warn`, or left out for 80 % of it
/// @param ifVersion change only what you have seen
record SetRule(
    RuleName name,
    @Nullable AlertMetric metric,
    @Nullable ReasonFamily family,
    @Nullable RuleScope scope,
    @Nullable AlertWindow window,
    @Nullable @Range(min = 1, max = 366) Integer days,
    @Nullable @Range(min = 0, max = 1_000_000) Integer minSample,
    @Nullable @Range(min = 1, max = 1_000_000_000) Long warn,
    @Nullable @Range(min = 1, max = 1_000_000_000) Long critical,
    @Nullable @Range(min = 1, max = 1_000_000_000) Long clear,
    @Nullable @Range(min = 0, max = 365) Integer cooldownDays,
    @Nullable Boolean enabled,
    @Nullable @Range(min = 0, max = Integer.MAX_VALUE) Integer ifVersion,
    @Nullable @Text(max = 128) String idempotencyKey)
    implements Repeatable {}
