package dev.keyreeve.directdebit.watch.reporting;

/// What payers claimed back, out of what was collected.
///
/// @param collected what the rates divide by: on the basis `collection`, the collections of the
///   window that were collected; on the basis `claim`, those that settled in it
/// @param gross claimed back; on the basis `collection` a collection counts once, however often it
///   was claimed
/// @param net claimed back without what was withdrawn or successfully challenged
record ClawbackRates(Tally collected, Measure gross, Measure net) {

  static ClawbackRates of(Tally collected, Tally gross, Tally net) {
    return new ClawbackRates(collected, gross.outOf(collected), net.outOf(collected));
  }
}
