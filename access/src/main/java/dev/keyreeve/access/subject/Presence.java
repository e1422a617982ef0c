package dev.keyreeve.access.subject;

/// When a session was last used, and how long it may rest. One object outlives every change of the
/// session's other facts.
///
/// Threads: any number may mark and read.
public final class Presence {
  private final long idleMillis;
  private volatile long seenMillis;

  /// @param idleMillis how long it may go unused, in milliseconds
  /// @param seenMillis its last use that is stored, in milliseconds since the epoch
  public Presence(long idleMillis, long seenMillis) {
    this.idleMillis = idleMillis;
    this.seenMillis = seenMillis;
  }

  /// It is used now. A mark that is lost to another of the same moment loses nothing.
  public void mark(long nowMillis) {
    if (nowMillis > seenMillis) seenMillis = nowMillis;
  }

  /// Its last use, in milliseconds since the epoch.
  public long seenMillis() {
    return seenMillis;
  }

  boolean isIdleAt(long nowMillis) {
    return nowMillis - seenMillis >= idleMillis;
  }
}
