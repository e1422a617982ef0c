package dev.keyreeve.access.directory;

import dev.keyreeve.access.subject.Subject;

/// What a node can say about a presented credential.
public sealed interface Lookup {
  /// It stands for this subject, and has been proved.
  record Known(Subject subject) implements Lookup {}

  /// None was presented.
  record Absent() implements Lookup {}

  /// It stands for nobody: malformed, never issued, or its secret is wrong. Which one is not told.
  record Unknown() implements Lookup {}

  /// This node cannot confirm that what it knows still holds.
  record Unavailable() implements Lookup {}
}
