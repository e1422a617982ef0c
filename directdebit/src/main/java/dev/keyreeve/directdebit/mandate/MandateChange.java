package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.Replayable;

/// What became of a mandate that something was asked of.
///
/// @param changed false if it was so already
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
record MandateChange(MandateView mandate, boolean changed, boolean replayed)
    implements Replayable<MandateChange> {

  static MandateChange to(Mandate mandate) {
    return new MandateChange(mandate.view(), true, false);
  }

  static MandateChange noneOf(Mandate mandate) {
    return new MandateChange(mandate.view(), false, false);
  }

  @Override
  public MandateChange asReplay() {
    return new MandateChange(mandate, changed, true);
  }
}
