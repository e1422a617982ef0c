package dev.keyreeve.procedure.http;

/// A set of ASCII characters, as two words of bits.
record AsciiSet(long low, long high) {
  static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /// `unreserved` of RFC 3986, section 2.3.
  static final String UNRESERVED = ALPHANUMERIC + "-._~";

  static AsciiSet of(String characters) {
    long low = 0;
    long high = 0;
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (c < 64) {
        low |= 1L << c;
      } else {
        high |= 1L << c;
      }
    }
    return new AsciiSet(low, high);
  }

  /// Whether the set holds this character; no other than ASCII ever is.
  boolean contains(int character) {
    return character < 128 && ((character < 64 ? low : high) >>> character & 1) != 0;
  }

  boolean containsAll(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!contains(text.charAt(i))) return false;
    }
    return true;
  }
}
