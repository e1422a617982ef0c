package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.Replayable;

/// What became of an alert that something was asked of.
///
/// @param changed false if it was so already
/// @param replayed whether this is the answer of an earlier call with the same idempotency key
record AlertChange(AlertView alert, boolean changed, boolean replayed)
    implements Replayable<AlertChange> {

  static AlertChange of(Alert alert, boolean changed) {
    return new AlertChange(AlertView.of(alert), changed, false);
  }

  @Override
  public AlertChange asReplay() {
    return new AlertChange(alert, changed, true);
  }
}
