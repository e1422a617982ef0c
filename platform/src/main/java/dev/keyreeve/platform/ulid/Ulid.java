package dev.keyreeve.platform.ulid;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// An id behind a prefix that says of what: `man_` and 26 characters of Crockford's base 32. The
/// first ten are the millisecond in which it was made, so ids sort by it; the rest are 80 random
/// bits.
public final class Ulid {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final int TIME_CHARACTERS = 10;
  private static final int RANDOM_CHARACTERS = 16;

  private Ulid() {}

  public static String generate(String prefix, Instant now, RandomGenerator random) {
    var text = new StringBuilder(prefix);
    var millis = now.toEpochMilli();
    for (var shift = 5 * (TIME_CHARACTERS - 1); shift >= 0; shift -= 5) {
      text.append(ALPHABET.charAt((int) (millis >>> shift) & 31));
    }
    for (var i = 0; i < RANDOM_CHARACTERS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return text.toString();
  }

  /// Whether a text is such an id with this prefix.
  public static boolean is(String prefix, String text) {
    return text.startsWith(prefix) && FORM.matcher(text.substring(prefix.length())).matches();
  }
}
