package dev.keyreeve.access.directory;

import dev.keyreeve.access.subject.Subject;

/// What a node can say about a presented credential.
public sealed interface Lookup {
  /// It stands for this subject, and has been proved.
  ///
  /// @param secret number of the key's secret that proved it; 0 for any other subject
  record Known(Subject subject, int secret) implements Lookup {
    public Known(Subject subject) {
      this(subject, 0);
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
