package dev.keyreeve.access.subject;

/// The credential that proved a subject: which of the subject's credentials it is, and until when
/// it proves anything.
public interface ProvedBy {
  /// What proves a subject that needs no proof.
  ProvedBy NOTHING = new Sole(Long.MAX_VALUE);

  /// Counts the credentials of the subject, from 1; 0 where it never has another.
  int number();

  /// First instant at which it proves nothing any more, in milliseconds since the epoch;
  /// [Key#NEVER] if it has no end of its own.
  long endsAtMillis();

  /// The one credential that a subject ever has, such as the cookie of a session.
  record Sole(long endsAtMillis) implements ProvedBy {
    @Override
    public int number() {
      return 0;
    }
  }
}
