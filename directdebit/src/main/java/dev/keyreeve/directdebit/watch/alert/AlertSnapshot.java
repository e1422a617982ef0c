package dev.keyreeve.directdebit.watch.alert;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An alert right after an event. Nobody's name and nobody's words are in it.
///
/// @param numerator how many, or the value itself where the unit is not basis points
/// @param denominator of how many; 0 where the unit is not basis points
record AlertSnapshot(
    AlertId id,
    RuleName rule,
    AlertMetric metric,
    @Nullable ReasonFamily family,
    String scope,
    Severity severity,
    AlertStatus status,
    Instant since,
    AlertUnit unit,
    long numerator,
    long denominator,
    @Nullable LocalDate snoozeUntil,
    @Nullable AlertId previousId,
    int version) {

  static AlertSnapshot of(Alert alert) {
    return new AlertSnapshot(
        alert.id(),
        alert.rule(),
        alert.metric(),
        alert.family(),
        alert.scope(),
        alert.severity(),
        alert.status(),
        alert.since(),
        alert.metric().unit(),
        alert.counts().numerator(),
        alert.counts().denominator(),
        alert.snoozeUntil(),
        alert.previousId(),
        alert.version());
  }
}
