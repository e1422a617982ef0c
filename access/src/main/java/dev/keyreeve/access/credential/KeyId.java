package dev.keyreeve.access.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.random.RandomGenerator;

/// The public id of a key: 12 base62 characters (71 random bits). It may be logged, survives
/// rotation and is never used again.
///
/// Two longs, not text: a node holds millions of these.
public record KeyId(long head, long tail) {
  /// Characters in an id.
  public static final int LENGTH = 12;

  private static final int HALF = LENGTH / 2;
  private static final int BITS = 6;
  private static final int DIGIT = (1 << BITS) - 1;

  /// @throws IllegalArgumentException if a half is not six digits of six bits each
  public KeyId {
    if (!isPacked(head) || !isPacked(tail)) {
      throw new IllegalArgumentException("A key id is 12 letters and digits.");
    }
  }

  /// @throws IllegalArgumentException if the text is not 12 base62 characters
  public static KeyId parse(String text) {
    var latin1 = text.getBytes(ISO_8859_1);
    if (latin1.length != LENGTH || !Base62.isText(latin1, 0, LENGTH)) {
      throw new IllegalArgumentException("A key id is 12 letters and digits.");
    }
    return at(text, 0);
  }

  public static KeyId random(RandomGenerator random) {
    return parse(Base62.random(random, LENGTH));
  }

  /// The id that starts at `offset` of text that is known to be base62 there.
  static KeyId at(String text, int offset) {
    return new KeyId(pack(text, offset), pack(text, offset + HALF));
  }

  private static long pack(String text, int offset) {
    long packed = 0;
    for (int i = offset; i < offset + HALF; i++) {
      packed = packed << BITS | Base62.valueOf(text.charAt(i));
    }
    return packed;
  }

  private static boolean isPacked(long half) {
    for (int shift = 0; shift < BITS * HALF; shift += BITS) {
      if (((half >>> shift) & DIGIT) >= Base62.DIGITS.length()) return false;
    }
    return half >>> (BITS * HALF) == 0;
  }

  private static void unpack(long packed, StringBuilder out) {
    for (int shift = BITS * (HALF - 1); shift >= 0; shift -= BITS) {
      out.append(Base62.DIGITS.charAt((int) (packed >>> shift) & DIGIT));
    }
  }

  /// Ids are random, so mixing the halves is enough.
  @Override
  public int hashCode() {
    return Long.hashCode(head * 31 + tail);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(LENGTH);
    unpack(head, text);
    unpack(tail, text);
    return text.toString();
  }
}
