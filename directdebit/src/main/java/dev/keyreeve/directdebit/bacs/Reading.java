package dev.keyreeve.directdebit.bacs;

import java.util.List;

/// What comes of reading a file that others may have written: all of it, or nothing and why.
public sealed interface Reading<T> {

  record Read<T>(T value) implements Reading<T> {}

  /// @param faults at least one, in the order of the file
  record Refused<T>(List<Fault> faults) implements Reading<T> {
    public Refused {
      faults = List.copyOf(faults);
      if (faults.isEmpty()) throw new IllegalArgumentException("a refusal says why");
    }
  }
}
