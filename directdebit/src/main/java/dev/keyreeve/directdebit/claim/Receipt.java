package dev.keyreeve.directdebit.claim;

/// What became of a notice.
public sealed interface Receipt {

  record Taken(ClaimId claim) implements Receipt {}

  /// It was said before, and has changed nothing.
  record Repeated(ClaimId claim) implements Receipt {}

  /// The claim is kept, and nobody knows which debit is meant. A later notice of it that names the
  /// debit is taken.
  record Kept(ClaimId claim, Unmatched why) implements Receipt {}

  /// No such claim was ever received.
  record Unknown() implements Receipt {}
}
