package dev.keyreeve.directdebit.collection;

/// Something that happens to a collection or to an attempt.
public enum Step {
  /// Its input day has begun.
  OPEN,
  /// It cannot be presented as planned, and waits for a day on which it can.
  DEFER,
  /// Its amount or its day changes.
  AMEND,
  CANCEL,
  /// It fell due while its mandate was not in force, and is left out.
  SKIP,
  /// It is on its way to the payer's bank.
  PRESENT,
  /// The scheme did not take it in; no payer was asked for it.
  REJECT,
  /// It was taken back before it was processed.
  WITHDRAW,
  /// Its entry day has come.
  COLLECT,
  /// The days in which it comes back are over.
  SETTLE,
  /// It came back unpaid.
  RETURN,
  /// It is to be presented once more.
  RETRY,
  /// It is not presented once more after all.
  GIVE_UP,
  /// A provider presents it again, though it had ended.
  TAKE_UP,
  /// The payer claims it back.
  CLAIM,
  /// The payer's bank claims it back no longer.
  RELEASE
}
