package dev.keyreeve.access.limit;

/// At most `calls` in each window of one minute, counted in one cell of a [Meter].
///
/// Windows have fixed edges. Each limit has a phase of its own, the same on every node, so that not
/// every caller starts anew at second zero.
///
/// @param slot the cell, from [Meter#allocate]
/// @param phaseSeconds 0 to 59, by which the edges of this limit's windows come early
/// @param calls 1 or more
public record Limit(int slot, int phaseSeconds, int calls) {
  /// Seconds in a window.
  public static final int WINDOW_SECONDS = 60;

  public Limit {
    if (slot < 0 || phaseSeconds < 0 || phaseSeconds >= WINDOW_SECONDS || calls < 1) {
      throw new IllegalArgumentException("A limit needs a slot, a phase of 0 to 59 s, and calls.");
    }
  }

  /// The limit of one key or organisation.
  ///
  /// @param idHash a hash of its id that is the same on every node; its phase follows from it
  public static Limit of(int slot, int idHash, int calls) {
    return new Limit(slot, Math.floorMod(idHash, WINDOW_SECONDS), calls);
  }

  public Limit withCalls(int changed) {
    return new Limit(slot, phaseSeconds, changed);
  }

  /// The number of the window that holds this instant.
  int windowAt(long nowMillis) {
    return (int) Math.floorDiv(Math.floorDiv(nowMillis, 1000L) + phaseSeconds, WINDOW_SECONDS);
  }

  /// When a window ends, in seconds since the epoch.
  long endOf(int window) {
    return (window + 1L) * WINDOW_SECONDS - phaseSeconds;
  }
}
