package dev.keyreeve.procedure.shape;

import java.util.List;

/// What became of an input: a value that is right, or all that is wrong.
public sealed interface Decoded<T> {
  record Valid<T>(T value) implements Decoded<T> {}

  /// At least one issue. After a hundred a last one, `too_many_issues`, stands for the rest.
  record Invalid<T>(List<Issue> issues) implements Decoded<T> {
    public Invalid {
      issues = List.copyOf(issues);
    }
  }
}
