package dev.keyreeve.directdebit.collection.claim;

/// What became of a notice.
public sealed interface Receipt {

  /// Whether the notice has come to something, or had before. A claim that does not fit its debit
  /// is kept, and an alert tells of it; only the withdrawal of one that was never received waits
  /// for a person.
  default boolean fits() {
    return switch (this) {
      case Taken _, Repeated _, Kept _ -> true;
      case Unknown _ -> false;
    };
  }

  record Taken(ClaimId claim) implements Receipt {}

  /// It was said before, and has changed nothing.
  record Repeated(ClaimId claim) implements Receipt {}

  /// The claim is kept, and nobody knows which debit is meant. A later notice of it that names the
  /// debit is taken.
  record Kept(ClaimId claim, Unmatched why) implements Receipt {}

  /// No such claim was ever received.
  record Unknown() implements Receipt {}
}
