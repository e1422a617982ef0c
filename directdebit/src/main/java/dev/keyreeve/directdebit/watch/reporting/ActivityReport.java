package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.procedure.shape.Items;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How mandates came and went.
///
/// @param total with `churn`: all cancellations of mandates in force / opening
/// @param setupFailureRate instructions that banks returned / instructions whose submission came to
///   an end in the window
/// @param workingDaysToActive the median of the processing days from the payer's authority, or from
///   when a mandate was taken up again, until it was in force
record ActivityReport(
    LocalDate from,
    LocalDate to,
    Instant asOf,
    boolean frozen,
    Activity total,
    @Items(max = 100) List<ReasonCancellations> cancellationsByReason,
    InviteActivity invites,
    Ratio setupFailureRate,
    @Nullable Median workingDaysToActive,
    @Nullable @Items(max = View.MAX_GROUPS) List<ActivityGroup> groups) {

  /// @param suspended how often a mandate was suspended, and `lifted` how often a suspension ended
  ///   with the mandate active: neither changes the balance
  record Activity(Balance balance, long suspended, long lifted, Ratio churn) {
    static Activity of(Balance balance, long suspended, long lifted) {
      return new Activity(
          balance, suspended, lifted, Ratio.of(balance.cancelled(), balance.opening()));
    }
  }

  /// @param reason a report's code, or the collector's own words
  record ReasonCancellations(@Nullable String reason, long count) {}

  /// What became of the invites that were sent in the window.
  ///
  /// @param unresolved still waiting for the payer
  /// @param withdrawn taken back, replaced by another, or never delivered
  /// @param conversion completed / sent
  record InviteActivity(
      long sent,
      long viewed,
      long completed,
      long expired,
      long withdrawn,
      long unresolved,
      Ratio conversion) {}

  record ActivityGroup(@Nullable String key, Activity activity) {}

  ActivityReport asFrozen() {
    return new ActivityReport(
        from,
        to,
        asOf,
        true,
        total,
        cancellationsByReason,
        invites,
        setupFailureRate,
        workingDaysToActive,
        groups);
  }
}
