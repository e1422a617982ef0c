package dev.keyreeve.directdebit.collection.claim;

/// What the feed says of a claim. Who may read collections may read it.
public enum ClaimEvent {
  RECEIVED("clawback.received"),
  /// It is known now which debit is meant.
  MATCHED("clawback.matched"),
  UNDER_REVIEW("clawback.under_review"),
  ACCEPTED("clawback.accepted"),
  CHALLENGED("clawback.challenged"),
  UPHELD("clawback.upheld"),
  REJECTED("clawback.rejected"),
  SETTLED("clawback.settled"),
  WITHDRAWN("clawback.withdrawn");

  private final String type;

  ClaimEvent(String type) {
    this.type = type;
  }

  /// The event's type in the feed, such as `clawback.received`.
  public String type() {
    return type;
  }

  static ClaimEvent of(ClaimStatus status) {
    return switch (status) {
      case RECEIVED -> RECEIVED;
      case UNDER_REVIEW -> UNDER_REVIEW;
      case ACCEPTED -> ACCEPTED;
      case CHALLENGED -> CHALLENGED;
      case UPHELD -> UPHELD;
      case REJECTED -> REJECTED;
      case SETTLED -> SETTLED;
      case WITHDRAWN -> WITHDRAWN;
    };
  }
}
