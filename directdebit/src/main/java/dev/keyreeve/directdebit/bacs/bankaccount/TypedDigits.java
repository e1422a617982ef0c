package dev.keyreeve.directdebit.bacs.bankaccount;

import dev.keyreeve.procedure.shape.PlainText;
import java.util.regex.Pattern;

/// A number as people type it: with spaces and dashes of any kind between its digits.
final class TypedDigits {
  /// Dashes from the hyphen to the long ones, and the minus sign, which spreadsheets make of them.
  private static final Pattern BETWEEN = Pattern.compile("[ \\p{Pd}\\u2212]");

  private TypedDigits() {}

  /// What is left without spaces and dashes; whether it is digits is not looked at.
  static String of(String text) {
    return BETWEEN.matcher(PlainText.of(text)).replaceAll("");
  }
}
