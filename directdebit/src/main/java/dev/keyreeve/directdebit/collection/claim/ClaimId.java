package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.shape.Format;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names a claim: `clm_` and a ULID. Ids sort by the millisecond they were made in.
@Format(pattern = "^clm_[0-7][0-9A-HJKMNP-TV-Z]{25}$", example = "clm_01JDCVN8Q00000000000000000")
public record ClaimId(String text) {
  private static final String PREFIX = "clm_";

  public ClaimId {
    if (!Ulid.is(PREFIX, text)) {
      throw new IllegalArgumentException("A claim id is clm_ and 26 characters, in upper case.");
    }
  }

  public static ClaimId parse(String text) {
    return new ClaimId(text);
  }

  static ClaimId generate(Instant now, RandomGenerator random) {
    return new ClaimId(Ulid.generate(PREFIX, now, random));
  }

  @Override
  public String toString() {
    return text;
  }
}
