package dev.keyreeve.procedure;

import java.util.Locale;

/// What a procedure does to the world, as tRPC has it.
public enum Kind {
  /// Reads; may be repeated freely.
  QUERY,
  /// Changes something.
  MUTATION,
  /// Answers with events as they happen.
  SUBSCRIPTION;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
