package dev.keyreeve.access.directory;

import dev.keyreeve.access.subject.ProvedBy;
import dev.keyreeve.access.subject.Subject;

/// What a node can say about a presented credential.
public sealed interface Lookup {
  /// It stands for this subject, and has been proved.
  ///
  /// @param by by what, and until when that proves it
  record Known(Subject subject, ProvedBy by) implements Lookup {
    /// Of a subject that needs no proof.
    public Known(Subject subject) {
      this(subject, ProvedBy.NOTHING);
    }
  }

  /// None was presented.
  record Absent() implements Lookup {}

  /// It stands for nobody: malformed, never issued, or its secret is wrong. Which one is not told.
  record Unknown() implements Lookup {}

  /// A session's cookie that opens nothing: the session is over, or there never was one. Which one
  /// is not told.
  record Over() implements Lookup {}

  /// It stands for somebody, who may not have meant this request: another site can have made their
  /// browser send it.
  record Forged() implements Lookup {}

  /// This node cannot confirm that what it knows still holds.
  record Unavailable() implements Lookup {}
}
