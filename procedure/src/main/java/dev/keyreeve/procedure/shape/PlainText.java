package dev.keyreeve.procedure.shape;

/// Text that people type or paste, made plain.
///
/// Spreadsheets, web pages and phones put characters into it that nobody sees: no-break spaces,
/// zero width ones, marks of direction, a byte order mark. Two names that look the same must not
/// differ by them. Letters, marks and digits stay as they are, and so do control characters, which
/// are for whoever reads the text to refuse.
public final class PlainText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PlainText() {}

  /// The text with plain spaces in place of all others, without what has no width, and with no
  /// space at either end.
  ///
  /// The two joiners stay where they stand between characters that are neither Latin nor ASCII:
  /// some scripts are spelled with them.
  public static String of(String text) {
    var plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isSpaceChar(point)) {
        plain.append(' ');
      } else if (isJoiner(point)) {
        if (isJoinedAtEnd(plain) && isJoinedAt(text, i)) plain.appendCodePoint(point);
      } else if (!isInvisible(point)) {
        plain.appendCodePoint(point);
      }
    }
    return withoutSpacesAround(plain);
  }

  /// The text of a file without the mark that some programs put before it.
  public static String withoutByteOrderMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static boolean isInvisible(int point) {
    return switch (point) {
      case 0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF -> true;
      default -> (0x202A <= point && point <= 0x202E) || (0x2060 <= point && point <= 0x206F);
    };
  }

  private static boolean isJoiner(int point) {
    return point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
  }

  private static boolean isJoinedAtEnd(StringBuilder text) {
    return !text.isEmpty() && isJoined(text.codePointBefore(text.length()));
  }

  private static boolean isJoinedAt(String text, int index) {
    return index < text.length() && isJoined(text.codePointAt(index));
  }

  private static boolean isJoined(int point) {
    return point > 0x7F
        && !Character.isSpaceChar(point)
        && !isInvisible(point)
        && !isJoiner(point)
        && Character.UnicodeScript.of(point) != Character.UnicodeScript.LATIN;
  }

  private static String withoutSpacesAround(StringBuilder text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && text.charAt(begin) == ' ') begin++;
    while (begin < end && text.charAt(end - 1) == ' ') end--;
    return text.substring(begin, end);
  }
}
