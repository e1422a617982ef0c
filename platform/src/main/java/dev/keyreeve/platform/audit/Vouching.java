package dev.keyreeve.platform.audit;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The checkpoints of one chain in the order of their entries: those that are kept with the chain,
/// and the copy that is kept elsewhere.
final class Vouching {
  private final Iterator<Checkpoint> kept;
  private @Nullable Checkpoint next;
  private @Nullable Checkpoint copy;

  /// @param kept in order
  Vouching(Iterator<Checkpoint> kept, @Nullable Checkpoint copy) {
    this.kept = kept;
    this.next = kept.hasNext() ? kept.next() : null;
    this.copy = copy;
  }

  static Vouching none() {
    return new Vouching(Collections.emptyIterator(), null);
  }

  /// The next one for an entry before this number, or null if there is none yet.
  @Nullable Checkpoint nextBefore(long seq) {
    var fromKept = next;
    var fromCopy = copy;
    if (fromCopy != null
        && fromCopy.seq() < seq
        && (fromKept == null || fromCopy.seq() <= fromKept.seq())) {
      copy = null;
      return fromCopy;
    }
    if (fromKept == null || fromKept.seq() >= seq) return null;

    next = kept.hasNext() ? kept.next() : null;
    return fromKept;
  }
}
