package dev.keyreeve.platform.audit;

import dev.keyreeve.platform.audit.Flaw.Kind;
import org.jspecify.annotations.Nullable;

/// Looks at one chain from one end to the other and finds the first flaw. It is given the entries
/// in the order in which they are kept, and then the recorded end; it looks at each checkpoint once
/// the entry that it names is past.
final class ChainCheck {
  private final String chain;
  private final PublicKeys believed;
  private final Vouching vouching;
  private long expected;
  private String before;
  private long entries;
  private long signed;
  private @Nullable Flaw flaw;

  private ChainCheck(
      String chain, PublicKeys believed, Vouching vouching, long expected, String before) {
    this.chain = chain;
    this.believed = believed;
    this.vouching = vouching;
    this.expected = expected;
    this.before = before;
    this.signed = expected - 1;
  }

  static ChainCheck fromTheFirst(String chain, PublicKeys believed, Vouching vouching) {
    return new ChainCheck(chain, believed, vouching, 1, ChainedEntry.BEFORE_THE_FIRST);
  }

  /// For what comes after an entry that is vouched for.
  static ChainCheck after(Checkpoint vouched, PublicKeys believed) {
    return new ChainCheck(
        vouched.chain(), believed, Vouching.none(), vouched.seq() + 1, vouched.hash());
  }

  /// The number of the last entry that fits.
  private long position() {
    return expected - 1;
  }

  void entry(ChainedEntry entry) {
    lookAtCheckpointsBefore(entry.seq());
    entries++;
    if (flaw != null) {
      if (flaw.kind() == Kind.REMOVED && flaw.seq() == entry.seq()) {
        flaw = new Flaw(Kind.MOVED, entry.seq(), "This entry is out of its place.");
      }
    } else if (entry.seq() > expected) {
      flaw = new Flaw(Kind.REMOVED, expected, "This entry is missing.");
    } else if (entry.seq() < expected) {
      flaw = new Flaw(Kind.INSERTED, entry.seq(), "This entry was put in.");
    } else if (!entry.chain().equals(chain) || !entry.hash().equals(entry.hashAfter(before))) {
      flaw =
          new Flaw(
              Kind.CHANGED,
              entry.seq(),
              "This entry does not fit the one before it: it, or its place, was changed.");
    } else {
      before = entry.hash();
      expected++;
    }
  }

  private void lookAtCheckpointsBefore(long seq) {
    for (var next = vouching.nextBefore(seq); next != null; next = vouching.nextBefore(seq)) {
      if (flaw == null) lookAt(next);
    }
  }

  private void lookAt(Checkpoint checkpoint) {
    long seq = checkpoint.seq();
    if (!believed.isGenuine(checkpoint) || !checkpoint.chain().equals(chain)) {
      flaw =
          new Flaw(
              Kind.BAD_CHECKPOINT,
              seq,
              believed.has(checkpoint.signer())
                  ? "The signature of the checkpoint at this entry is wrong."
                  : "The checkpoint at this entry is signed by a key that is not believed.");
    } else if (seq > position()) {
      flaw =
          new Flaw(
              Kind.MISSING_END,
              expected,
              "This entry is missing: a checkpoint vouches for entries up to " + seq + ".");
    } else if (seq < position()) {
      flaw =
          new Flaw(Kind.BAD_CHECKPOINT, seq, "The checkpoint at this entry is out of its place.");
    } else if (!checkpoint.hash().equals(before)) {
      flaw =
          new Flaw(
              Kind.REWRITTEN,
              seq,
              "This entry is not the one that was signed: what follows entry "
                  + signed
                  + " was written anew.");
    } else {
      signed = seq;
    }
  }

  /// @param end null if none is recorded
  Verdict end(@Nullable ChainEnd end) {
    lookAtCheckpointsBefore(Long.MAX_VALUE);
    if (flaw == null) flaw = flawAt(end);
    return new Verdict(chain, entries, signed, flaw);
  }

  private @Nullable Flaw flawAt(@Nullable ChainEnd end) {
    if (end == null) {
      return new Flaw(Kind.MISSING_END, expected, "No end of this chain is recorded.");
    }
    if (end.seq() > position()) {
      return new Flaw(
          Kind.MISSING_END,
          expected,
          "This entry is missing: the chain is recorded to end at " + end.seq() + ".");
    }
    if (end.seq() < position()) {
      return new Flaw(
          Kind.INSERTED,
          end.seq() + 1,
          "This entry was put in: the chain is recorded to end before it.");
    }
    if (!end.hash().equals(before)) {
      return new Flaw(
          Kind.REWRITTEN,
          position(),
          "This entry is not the one that was recorded as the chain's end.");
    }
    return null;
  }
}
