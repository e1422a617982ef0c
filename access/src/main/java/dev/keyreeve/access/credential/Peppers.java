package dev.keyreeve.access.credential;

import org.jspecify.annotations.Nullable;

/// The peppers that live: the newest, under which secrets are digested from now on, and perhaps an
/// older one, for keys that have not been used since it was replaced.
public final class Peppers {
  private final Pepper newest;
  private final @Nullable Pepper older;

  /// @throws IllegalArgumentException if the older one's version is not the lower one
  public Peppers(Pepper newest, @Nullable Pepper older) {
    if (older != null && older.version() >= newest.version()) {
      throw new IllegalArgumentException("The older pepper needs the lower version.");
    }
    this.newest = newest;
    this.older = older;
  }

  public static Peppers of(Pepper only) {
    return new Peppers(only, null);
  }

  public Pepper newest() {
    return newest;
  }

  public @Nullable Pepper older() {
    return older;
  }

  public Proof prove(KeyToken token) {
    return older == null
        ? new Proof(newest.version(), newest.digest(token), 0, null)
        : new Proof(newest.version(), newest.digest(token), older.version(), older.digest(token));
  }
}
