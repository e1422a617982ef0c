package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.shape.Format;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names an alert: `alr_` and a ULID. Ids sort by the millisecond they were made in.
@Format(pattern = "^alr_[0-7][0-9A-HJKMNP-TV-Z]{25}$", example = "alr_01JDCVN8Q00000000000000000")
public record AlertId(String text) {
  private static final String PREFIX = "alr_";

  public AlertId {
    if (!Ulid.is(PREFIX, text)) {
      throw new IllegalArgumentException("An alert id is alr_ and 26 characters, in upper case.");
    }
  }

  public static AlertId parse(String text) {
    return new AlertId(text);
  }

  static AlertId generate(Instant now, RandomGenerator random) {
    return new AlertId(Ulid.generate(PREFIX, now, random));
  }

  @Override
  public String toString() {
    return text;
  }
}
