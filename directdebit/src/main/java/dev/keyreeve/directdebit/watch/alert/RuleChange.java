package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.Replayable;

/// What became of a rule.
///
/// @param changed false if it was so already
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
record RuleChange(RuleView rule, boolean changed, boolean replayed)
    implements Replayable<RuleChange> {

  @Override
  public RuleChange asReplay() {
    return new RuleChange(rule, changed, true);
  }
}
