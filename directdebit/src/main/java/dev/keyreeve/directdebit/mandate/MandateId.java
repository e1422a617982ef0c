package dev.keyreeve.directdebit.mandate;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names a mandate: `man_` and a ULID, 26 characters of Crockford's base 32. Ids sort by the
/// millisecond they were made in.
public record MandateId(String text) {

  private static final Pattern FORM = Pattern.compile("man_[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_CHARACTERS = 10;
  private static final int RANDOM_CHARACTERS = 16;

  public MandateId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("A mandate id is man_ and 26 characters, in upper case.");
    }
  }

  public static MandateId parse(String text) {
    return new MandateId(text);
  }

  /// A new id: 48 bits of milliseconds since 1970, then 80 bits of `random`.
  public static MandateId generate(Instant now, RandomGenerator random) {
    var text = new StringBuilder("man_");
    var millis = now.toEpochMilli();
    for (var shift = 5 * (TIME_CHARACTERS - 1); shift >= 0; shift -= 5) {
      text.append(ALPHABET.charAt((int) (millis >>> shift) & 31));
    }
    for (var i = 0; i < RANDOM_CHARACTERS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return new MandateId(text.toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
