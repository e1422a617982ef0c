package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.shape.Format;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names a mandate: `man_` and a ULID. Ids sort by the millisecond they were made in.
@Format(pattern = "^man_[0-7][0-9A-HJKMNP-TV-Z]{25}$", example = "man_01JDCVN8Q00000000000000000")
public record MandateId(String text) {
  private static final String PREFIX = "man_";

  public MandateId {
    if (!Ulid.is(PREFIX, text)) {
      throw new IllegalArgumentException("A mandate id is man_ and 26 characters, in upper case.");
    }
  }

  public static MandateId parse(String text) {
    return new MandateId(text);
  }

  public static MandateId generate(Instant now, RandomGenerator random) {
    return new MandateId(Ulid.generate(PREFIX, now, random));
  }

  @Override
  public String toString() {
    return text;
  }
}
