package dev.keyreeve.identity.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// By how much time calls are summed up. Days are those of UTC.
public enum Unit {
  MINUTE(ChronoUnit.MINUTES),
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit length;

  Unit(ChronoUnit length) {
    this.length = length;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The beginning of the minute, hour or day that an instant is in.
  Instant begin(Instant at) {
    return at.truncatedTo(length);
  }

  ChronoUnit length() {
    return length;
  }
}
