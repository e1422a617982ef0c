package dev.keyreeve.identity.session;

import java.time.Duration;

/// How long sessions last.
///
/// @param idle after which a session that nobody uses is over
/// @param absolute after which it is over however much it is used
public record SessionLife(Duration idle, Duration absolute) {
  /// What NIST SP 800-63B-4 (section 2.3.3) asks of its highest level, but for the idle end, which
  /// it has at 15 minutes.
  public static final SessionLife STANDARD =
      new SessionLife(Duration.ofMinutes(30), Duration.ofHours(12));
}
