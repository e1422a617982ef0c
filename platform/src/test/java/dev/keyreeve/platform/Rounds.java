package dev.keyreeve.platform;

/// How often a test repeats what may go wrong only now and then.
public final class Rounds {
  private static final int LONG_FACTOR = 10;

  private Rounds() {}

  /// This often, or ten times as often when the long tests are asked for.
  public static int of(int usual) {
    return Boolean.getBoolean("keyreeve.long") ? usual * LONG_FACTOR : usual;
  }
}
