package dev.keyreeve.directdebit.collection;

import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.shape.Format;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names an attempt: `att_` and a ULID. Ids sort by the millisecond they were made in.
@Format(pattern = "^att_[0-7][0-9A-HJKMNP-TV-Z]{25}$", example = "att_01JDCVN8Q00000000000000000")
public record AttemptId(String text) {
  private static final String PREFIX = "att_";

  public AttemptId {
    if (!Ulid.is(PREFIX, text)) {
      throw new IllegalArgumentException(
          "The id of an attempt is att_ and 26 characters, in upper case.");
    }
  }

  public static AttemptId parse(String text) {
    return new AttemptId(text);
  }

  public static AttemptId generate(Instant now, RandomGenerator random) {
    return new AttemptId(Ulid.generate(PREFIX, now, random));
  }

  @Override
  public String toString() {
    return text;
  }
}
