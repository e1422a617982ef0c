package dev.keyreeve.identity.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/// Ids as three words of eight characters, filled up with zeros: what records hold of them. No text
/// is made to write one.
final class Texts {
  /// Longest text that fits.
  static final int LONGEST = 24;

  private static final int WORD = 8;

  /// Begins a first word that holds the number of a name instead; no character looks like it.
  private static final long NAMED = 0xffL << 56;

  private Texts() {}

  /// Whether every character is visible ASCII, and there are not too many.
  static boolean fits(String text) {
    if (text.length() > LONGEST) return false;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') return false;
    }
    return true;
  }

  /// Eight characters of a text, beginning with the first one that belongs to this word.
  ///
  /// @param index 0, 1 or 2
  static long word(String text, int index) {
    int from = index * WORD;
    int to = Math.min(text.length(), from + WORD);
    long word = 0;
    for (int i = from; i < to; i++) {
      word |= (long) (text.charAt(i) & 0x7f) << ((i - from) * WORD);
    }
    return word;
  }

  /// The first word of a text that does not fit; its others are 0.
  static long named(int number) {
    return NAMED | number;
  }

  /// Null for three words of zeros, and for a name that is not known.
  static @Nullable String text(long first, long second, long third, Names names) {
    if ((first & NAMED) == NAMED) return names.name((int) first);

    var bytes = new byte[LONGEST];
    put(first, bytes, 0);
    put(second, bytes, WORD);
    put(third, bytes, 2 * WORD);
    int length = 0;
    while (length < LONGEST && bytes[length] != 0) length++;
    return length == 0 ? null : new String(bytes, 0, length, ISO_8859_1);
  }

  private static void put(long word, byte[] bytes, int at) {
    for (int i = 0; i < WORD; i++) bytes[at + i] = (byte) (word >>> (i * WORD));
  }
}
