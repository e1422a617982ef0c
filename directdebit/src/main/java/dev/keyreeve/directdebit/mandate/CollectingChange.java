package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Replayable;
import java.util.List;

/// What became of a mandate whose collecting was to end, to pause or to go on.
///
/// @param changed false if it was so already
/// @param affectedCollections those that are cancelled, held or resumed with it
/// @param alreadySubmitted those on their way to the payer's bank, which cannot be stopped any more
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
record CollectingChange(
    MandateView mandate,
    boolean changed,
    List<DebitView> affectedCollections,
    List<DebitView> alreadySubmitted,
    boolean replayed)
    implements Replayable<CollectingChange> {

  @Override
  public CollectingChange asReplay() {
    return new CollectingChange(mandate, changed, affectedCollections, alreadySubmitted, true);
  }
}
