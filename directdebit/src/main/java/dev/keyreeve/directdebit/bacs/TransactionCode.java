package dev.keyreeve.directdebit.bacs;

import java.util.Optional;
import java.util.stream.Stream;

/// What a record of a collector asks for.
public enum TransactionCode {
  FIRST_COLLECTION("01"),
  REGULAR_COLLECTION("17"),
  /// The same amount again, within a month of the first presentation.
  REPRESENTATION("18"),
  FINAL_COLLECTION("19"),
  NEW_INSTRUCTION("0N"),
  CANCELLED_INSTRUCTION("0C"),
  /// An instruction that was lodged on paper.
  CONVERTED_INSTRUCTION("0S");

  private final String code;

  TransactionCode(String code) {
    this.code = code;
  }

  /// The two characters of the scheme, such as `0N`; [#find] reads them back.
  public String code() {
    return code;
  }

  /// Whether it moves money; every other code carries an amount of zero.
  public boolean isDebit() {
    return switch (this) {
      case FIRST_COLLECTION, REGULAR_COLLECTION, REPRESENTATION, FINAL_COLLECTION -> true;
      case NEW_INSTRUCTION, CANCELLED_INSTRUCTION, CONVERTED_INSTRUCTION -> false;
    };
  }

  public static Optional<TransactionCode> find(String code) {
    return Stream.of(values()).filter(each -> each.code.equals(code)).findAny();
  }

  /// Like [#find], and for the code of an unpaid return, such as `U7`, the code of the debit that
  /// came back.
  public static Optional<TransactionCode> findReturned(String code) {
    return switch (code) {
      case "U1" -> Optional.of(FIRST_COLLECTION);
      case "U7" -> Optional.of(REGULAR_COLLECTION);
      case "U8" -> Optional.of(REPRESENTATION);
      case "U9" -> Optional.of(FINAL_COLLECTION);
      default -> find(code);
    };
  }
}
