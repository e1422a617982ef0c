package dev.keyreeve.directdebit.bacs.bankreport;

import java.util.Arrays;

/// What a messaging advice is about, by the letter in its `record-type`.
public enum RecordType {
  AMENDMENT("A"),
  /// A file was taken in.
  ACCEPTED("V"),
  /// A file was not taken in.
  REJECTED("R"),
  /// A new instruction came back (0N).
  NEW_RETURNED("N"),
  /// The cancellation of an instruction came back (0C).
  CANCELLATION_RETURNED("D"),
  /// A paper instruction that was converted came back (0S).
  CONVERSION_RETURNED("S"),
  /// Any other letter.
  UNKNOWN("");

  final String letter;

  RecordType(String letter) {
    this.letter = letter;
  }

  static RecordType of(String letter) {
    return Arrays.stream(values())
        .filter(type -> !letter.isEmpty() && type.letter.equals(letter))
        .findAny()
        .orElse(UNKNOWN);
  }

  /// Whether an AUDDIS report has it, and no ADDACS report.
  boolean isOfAuddis() {
    return this == ACCEPTED || this == REJECTED || isReturn();
  }

  boolean isReturn() {
    return switch (this) {
      case NEW_RETURNED, CANCELLATION_RETURNED, CONVERSION_RETURNED -> true;
      case AMENDMENT, ACCEPTED, REJECTED, UNKNOWN -> false;
    };
  }
}
