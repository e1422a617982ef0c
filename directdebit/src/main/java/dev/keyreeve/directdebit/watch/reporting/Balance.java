package dev.keyreeve.directdebit.watch.reporting;

/// How many mandates were in force, active or suspended, at both ends of a time, and what changed
/// the number in between: `opening + activated + reinstated + reactivated - cancelledByPayer -
/// cancelledByBank - cancelledByAgent - expired = closing`. One that does not add up cannot be
/// made: it would be a defect and no answer.
///
/// @param activated came into force for the first time, or after it had failed to
/// @param reinstated brought back by the payer's bank
/// @param reactivated came into force again after it had been cancelled or had expired
record Balance(
    long opening,
    long activated,
    long reinstated,
    long reactivated,
    long cancelledByPayer,
    long cancelledByBank,
    long cancelledByAgent,
    long expired,
    long closing) {

  Balance {
    long sum =
        opening
            + activated
            + reinstated
            + reactivated
            - cancelledByPayer
            - cancelledByBank
            - cancelledByAgent
            - expired;
    if (sum != closing) {
      throw new IllegalStateException(
          "mandates do not add up: %d at the end, and not %d".formatted(closing, sum));
    }
  }

  long cancelled() {
    return cancelledByPayer + cancelledByBank + cancelledByAgent;
  }
}
