package dev.keyreeve.directdebit.bacs.bankreport;

import java.nio.charset.StandardCharsets;

/// Text that banks write freely.
final class Words {

  private static final int MAX_LENGTH = 200;

  private Words() {}

  /// The text without the blanks around it.
  ///
  /// @throws IllegalArgumentException if it is longer than 200 characters, has more than one line,
  ///   or is not text that XML can hold
  static String ofOneLine(String text) {
    var words = text.strip();
    if (words.length() > MAX_LENGTH
        || words.chars().anyMatch(each -> Character.isISOControl(each) || each >= 0xFFFE)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(words)) {
      throw new IllegalArgumentException("A text is at most 200 characters on one line.");
    }
    return words;
  }

  /// The text with a space for each control character: tabs, ends of lines, and the quotation marks
  /// of Windows in a file that claims to be ISO-8859-1.
  static String withoutControls(String text) {
    var words = new StringBuilder(text.length());
    text.chars().forEach(each -> words.append(Character.isISOControl(each) ? ' ' : (char) each));
    return words.toString();
  }
}
