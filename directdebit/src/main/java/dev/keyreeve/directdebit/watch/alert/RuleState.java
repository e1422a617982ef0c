package dev.keyreeve.directdebit.watch.alert;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What is known of a rule in a scope before an evaluation.
sealed interface RuleState {

  /// No alert stands.
  ///
  /// @param resolvedOn the day on which the last one was resolved; null if there was none
  record Quiet(@Nullable LocalDate resolvedOn) implements RuleState {}

  /// An alert stands, whatever people have done about it.
  ///
  /// @param severity the worst it has been
  /// @param snoozeUntil where it was dismissed, the day it may be told of again; null for never
  record Live(
      AlertStatus status, Severity severity, @Nullable LocalDate snoozeUntil, ClearRun clear)
      implements RuleState {
    public Live {
      if (status == AlertStatus.RESOLVED) {
        throw new IllegalArgumentException("what is resolved does not stand");
      }
    }
  }

  /// How many daily evaluations in a row have found the metric clear.
  ///
  /// @param last the day of the last; null if there are none
  record ClearRun(int days, @Nullable LocalDate last) {
    static final ClearRun NONE = new ClearRun(0, null);

    /// The run with one more day; a day that is in it already is not counted again.
    ClearRun and(LocalDate day) {
      if (day.equals(last)) return this;
      return new ClearRun(day.minusDays(1).equals(last) ? days + 1 : 1, day);
    }
  }
}
