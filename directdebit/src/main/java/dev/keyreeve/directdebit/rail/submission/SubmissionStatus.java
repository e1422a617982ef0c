package dev.keyreeve.directdebit.rail.submission;

import java.util.Locale;
import java.util.Set;

/// How far a submission has come.
public enum SubmissionStatus {
  /// Its content is fixed; nobody has sent it yet.
  SEALED,
  /// It has left this server.
  SENT,
  ACCEPTED,
  /// Taken in without some of its records.
  PARTLY_REJECTED,
  /// Not taken in.
  REJECTED,
  /// Taken back by a person: it will not be sent, or was not taken in.
  WITHDRAWN;

  /// What a status may become.
  Set<SubmissionStatus> next() {
    return switch (this) {
      case SEALED -> Set.of(SENT, ACCEPTED, PARTLY_REJECTED, REJECTED, WITHDRAWN);
      case SENT -> Set.of(ACCEPTED, PARTLY_REJECTED, REJECTED, WITHDRAWN);
      case ACCEPTED -> Set.of(PARTLY_REJECTED, REJECTED);
      case PARTLY_REJECTED -> Set.of(REJECTED);
      case REJECTED -> Set.of(WITHDRAWN);
      case WITHDRAWN -> Set.of();
    };
  }

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static SubmissionStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
