package dev.keyreeve.procedure.shape;

import org.jspecify.annotations.Nullable;

/// How many items a list, or entries a map, may have.
record Count(int min, int max) {
  private static final Count USUAL = new Count(0, 100);

  Count {
    if (min < 0 || min > max) {
      throw new IllegalArgumentException("the number of items is impossible");
    }
  }

  static Count of(@Nullable Items items) {
    return items == null ? USUAL : new Count(items.min(), items.max());
  }

  boolean allows(int size, Reading reading) {
    if (reading.isStored() || (min <= size && size <= max)) return true;

    reading.refuse(
        size < min ? "too_few" : "too_many",
        "This must have from " + min + " to " + max + " items.");
    return false;
  }
}
