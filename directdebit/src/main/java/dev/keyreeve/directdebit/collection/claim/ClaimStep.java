package dev.keyreeve.directdebit.collection.claim;

/// What can happen to a claim, and at whose hands.
public enum ClaimStep {
  START_REVIEW(By.PERSON),
  ACCEPT(By.PERSON),
  /// The collector disputes it with the payer's bank, by the deadline.
  CHALLENGE(By.PERSON),
  /// The bank agrees with the challenge: the collector keeps the money. A person records it, since
  /// no report says so.
  UPHOLD(By.PERSON),
  REJECT(By.PERSON),
  /// The payer's bank no longer claims the debit.
  WITHDRAW(By.BANK),
  /// The money is taken from the collector: the day has come, or the scheme says so.
  SETTLE(By.CLOCK);

  private final By by;

  ClaimStep(By by) {
    this.by = by;
  }

  By by() {
    return by;
  }

  /// Who takes a step.
  enum By {
    PERSON,
    BANK,
    CLOCK
  }
}
