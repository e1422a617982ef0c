package dev.keyreeve.identity.key;

import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// When a key ends, as people say it: with the end of a day. The day is one in London, whoever
/// asks, because that is the calendar of the payment schemes that keys here open; one calendar for
/// all also means that two people who read the same date mean the same instant.
final class ExpiryDay {
  /// Named in every answer that holds an expiry.
  static final ZoneId ZONE = ZoneId.of("Europe/London");

  static final Reason PASSED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "expiry_passed",
          "A key expires on a day after today, or at an instant ahead.");

  private ExpiryDay() {}

  /// The instant that an input means; null if it names none.
  ///
  /// @param faults is told if that is none for a key
  static @Nullable Instant read(
      @Nullable LocalDate on, @Nullable Instant at, Instant now, Faults faults) {
    if (on != null && at != null) {
      faults.add(
          "expires_at", Reasons.INVALID_INPUT, "conflict", "Give this or expires_on, not both.");
      return null;
    }
    if (on != null) {
      if (!on.isAfter(LocalDate.ofInstant(now, ZONE))) faults.add("expires_on", PASSED);
      return on.plusDays(1).atStartOfDay(ZONE).toInstant();
    }
    if (at != null && !at.isAfter(now)) faults.add("expires_at", PASSED);
    return at;
  }
}
