package dev.keyreeve.server.doctor;

/// What one look found.
///
/// @param subject what was looked at, such as `database`
/// @param message one sentence or two, without any secret
public record Finding(String subject, Verdict verdict, String message) {
  /// How bad it is.
  public enum Verdict {
    GOOD,
    /// There is nothing to look at.
    ABSENT,
    /// It works, and will not for ever or not for everyone.
    WARNING,
    /// It does not work.
    FAILED
  }

  static Finding good(String subject, String message) {
    return new Finding(subject, Verdict.GOOD, message);
  }

  static Finding absent(String subject, String message) {
    return new Finding(subject, Verdict.ABSENT, message);
  }

  static Finding warning(String subject, String message) {
    return new Finding(subject, Verdict.WARNING, message);
  }

  static Finding failed(String subject, String message) {
    return new Finding(subject, Verdict.FAILED, message);
  }
}
