package dev.keyreeve.directdebit.bacs.table;

import java.util.List;

/// What comes of reading a table: all of it, or nothing and why.
public sealed interface TableReading<T> {

  record Read<T>(T table) implements TableReading<T> {}

  /// @param faults at least one, each with its file and, where it has one, its line
  record Refused<T>(List<String> faults) implements TableReading<T> {
    public Refused {
      faults = List.copyOf(faults);
      if (faults.isEmpty()) throw new IllegalArgumentException("a refusal says why");
    }
  }
}
