package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeReason;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a debit that came back is presented once more, and when.
final class RetryPolicy {

  private RetryPolicy() {}

  /// The entry day of the next presentation, if the collector's policy has one.
  ///
  /// @param reason null if it cannot be told
  /// @param presented how often it has been presented
  /// @param returnedOn the day of the return
  /// @param firstEntryOn of the first presentation
  static Optional<LocalDate> next(
      Planner planner,
      @Nullable SchemeReason reason,
      int presented,
      LocalDate returnedOn,
      LocalDate firstEntryOn) {
    var collector = planner.collector();
    var next = planner.calendar().plus(returnedOn, collector.retryDays());
    return reason == AruddReason.REFER_TO_PAYER
            && presented <= collector.maxRetries()
            && !next.isAfter(last(firstEntryOn))
        ? Optional.of(next)
        : Optional.empty();
  }

  /// The last day on which the scheme lets it be presented again.
  static LocalDate last(LocalDate firstEntryOn) {
    return firstEntryOn.plusMonths(1);
  }

  /// Whether a person may have it presented again, having set right what was wrong.
  ///
  /// @param reason of the return; null if the scheme did not take it in, or the reason cannot be
  ///   told
  static boolean mayBeAsked(@Nullable String reason) {
    if (reason == null) return true;

    return SchemeReason.parse(reason) instanceof AruddReason returned
        && switch (returned) {
          case REFER_TO_PAYER, NOTICE_DISPUTED, AMOUNT_DIFFERS, NOT_YET_DUE, PRESENTATION_OVERDUE ->
              true;
          case CANCELLED_BY_PAYER,
              PAYER_DECEASED,
              ACCOUNT_TRANSFERRED,
              NO_ACCOUNT,
              NO_INSTRUCTION,
              SERVICE_USER_DIFFERS,
              ACCOUNT_CLOSED,
              UNKNOWN ->
              false;
        };
  }
}
