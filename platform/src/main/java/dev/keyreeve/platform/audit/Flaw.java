package dev.keyreeve.platform.audit;

/// The first thing that is wrong with a chain. What comes after it is in doubt.
///
/// @param seq number of the entry that is bad or missing
/// @param message one sentence for people
public record Flaw(Kind kind, long seq, String message) {

  public enum Kind {
    /// The entry is not what was hashed: it was changed, or it stands in another's place.
    CHANGED,
    REMOVED,
    INSERTED,
    /// The entry is there, but later than where it belongs.
    MOVED,
    /// The chain stops before its recorded end, or no end is recorded.
    MISSING_END,
    /// The chain fits together, but is not the one that was recorded or signed.
    REWRITTEN,
    /// The checkpoint at this entry is not signed by a believed key.
    BAD_CHECKPOINT
  }
}
