package dev.keyreeve.access.credential;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The digits `0-9A-Za-z`: no separator can occur in them, and a double click selects them all.
final class Base62 {
  static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int value = 0; value < DIGITS.length(); value++) {
      VALUES[DIGITS.charAt(value)] = (byte) value;
    }
  }

  private Base62() {}

  /// The value of a digit, or -1 if the character is none.
  static int valueOf(char digit) {
    return digit < VALUES.length ? VALUES[digit] : -1;
  }

  /// Whether these bytes of Latin-1 are digits, all of them.
  static boolean isText(byte[] latin1, int from, int to) {
    int seen = 0;
    for (int i = from; i < to; i++) {
      seen |= VALUES[latin1[i] & 0xff];
    }
    return seen >= 0;
  }

  /// The value in exactly `width` digits, zero-filled on the left.
  static String encode(long value, int width) {
    var digits = new char[width];
    for (int i = width - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (value % 62));
      value /= 62;
    }
    return new String(digits);
  }

  /// Uniform random digits: rejection sampling, so that no digit is likelier than another.
  static String random(RandomGenerator random, int length) {
    var digits = new char[length];
    for (int i = 0; i < length; ) {
      int candidate = random.nextInt() >>> 26;
      if (candidate < 62) {
        digits[i++] = DIGITS.charAt(candidate);
      }
    }
    return new String(digits);
  }
}
