package dev.keyreeve.procedure;

/// The answer to a [Repeatable] input. It says whether it is the answer of an earlier call.
public interface Replayable<T> {
  boolean replayed();

  /// The same answer, saying that it is given again.
  T asReplay();
}
