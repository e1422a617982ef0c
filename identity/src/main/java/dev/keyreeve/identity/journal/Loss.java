package dev.keyreeve.identity.journal;

/// What a source could not write down, since it began.
///
/// @param calls there was no room for; those of admitted calls count all the same
/// @param ofNobody requests of unknown callers, beyond those of a second that are written down
/// @param lastMillis when the last of them was, in milliseconds since the epoch
public record Loss(long calls, long ofNobody, long lastMillis) {
  public static final Loss NONE = new Loss(0, 0, 0);

  public long all() {
    return calls + ofNobody;
  }
}
