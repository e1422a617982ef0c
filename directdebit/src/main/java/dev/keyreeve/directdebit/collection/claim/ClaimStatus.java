package dev.keyreeve.directdebit.collection.claim;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far a claim has come. The payer has the money from the first day; until the claim is settled
/// the collector still has it too.
public enum ClaimStatus {
  RECEIVED,
  UNDER_REVIEW,
  /// The collector does not dispute it.
  ACCEPTED,
  CHALLENGED,
  /// The challenge was upheld: the debit stands.
  UPHELD,
  /// The challenge was rejected: the claim stands.
  REJECTED,
  /// Taken from the collector.
  SETTLED,
  /// The payer's bank has taken it back.
  WITHDRAWN;

  /// As the wire and the database spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ClaimStatus parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// The status after a step; this one if it is so already, null if the status does not know the
  /// step. That the time for a step may be over is not said here.
  @Nullable ClaimStatus after(ClaimStep step) {
    if (step == ClaimStep.WITHDRAW) return WITHDRAWN;

    return switch (this) {
      case RECEIVED ->
          switch (step) {
            case START_REVIEW -> UNDER_REVIEW;
            case ACCEPT -> ACCEPTED;
            case SETTLE -> SETTLED;
            case CHALLENGE, UPHOLD, REJECT, WITHDRAW -> null;
          };
      case UNDER_REVIEW ->
          switch (step) {
            case START_REVIEW -> UNDER_REVIEW;
            case ACCEPT -> ACCEPTED;
            case CHALLENGE -> CHALLENGED;
            case SETTLE -> SETTLED;
            case UPHOLD, REJECT, WITHDRAW -> null;
          };
      case ACCEPTED ->
          switch (step) {
            case ACCEPT -> ACCEPTED;
            case SETTLE -> SETTLED;
            case START_REVIEW, CHALLENGE, UPHOLD, REJECT, WITHDRAW -> null;
          };
      case CHALLENGED ->
          switch (step) {
            case CHALLENGE -> CHALLENGED;
            case UPHOLD -> UPHELD;
            case REJECT -> REJECTED;
            case START_REVIEW, ACCEPT, SETTLE, WITHDRAW -> null;
          };
      case UPHELD -> step == ClaimStep.UPHOLD ? UPHELD : null;
      case REJECTED ->
          switch (step) {
            case REJECT -> REJECTED;
            case SETTLE -> SETTLED;
            case START_REVIEW, ACCEPT, CHALLENGE, UPHOLD, WITHDRAW -> null;
          };
      case SETTLED -> step == ClaimStep.SETTLE ? SETTLED : null;
      case WITHDRAWN -> null;
    };
  }

  /// Whether the payer still claims the debit, or has won it. A debit has one such claim at most.
  boolean stands() {
    return switch (this) {
      case RECEIVED, UNDER_REVIEW, ACCEPTED, CHALLENGED, REJECTED, SETTLED -> true;
      case UPHELD, WITHDRAWN -> false;
    };
  }
}
