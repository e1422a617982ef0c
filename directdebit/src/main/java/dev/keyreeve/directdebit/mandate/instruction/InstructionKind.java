package dev.keyreeve.directdebit.mandate.instruction;

import java.util.Locale;

/// What the payer's bank is told.
public enum InstructionKind {
  /// It is to let the collector debit (Bacs 0N).
  LODGE,
  /// It no longer is (Bacs 0C).
  WITHDRAW;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#word].
  public static InstructionKind parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
