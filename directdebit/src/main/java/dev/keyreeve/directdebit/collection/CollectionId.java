package dev.keyreeve.directdebit.collection;

import dev.keyreeve.platform.ulid.Ulid;
import dev.keyreeve.procedure.shape.Format;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names a collection: `col_` and a ULID. Ids sort by the millisecond they were made in.
@Format(pattern = "^col_[0-7][0-9A-HJKMNP-TV-Z]{25}$", example = "col_01JDCVN8Q00000000000000000")
public record CollectionId(String text) {
  private static final String PREFIX = "col_";

  public CollectionId {
    if (!Ulid.is(PREFIX, text)) {
      throw new IllegalArgumentException(
          "The id of a collection is col_ and 26 characters, in upper case.");
    }
  }

  public static CollectionId parse(String text) {
    return new CollectionId(text);
  }

  public static CollectionId generate(Instant now, RandomGenerator random) {
    return new CollectionId(Ulid.generate(PREFIX, now, random));
  }

  @Override
  public String toString() {
    return text;
  }
}
