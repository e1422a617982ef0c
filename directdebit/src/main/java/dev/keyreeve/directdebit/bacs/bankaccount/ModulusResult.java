package dev.keyreeve.directdebit.bacs.bankaccount;

/// What the modulus check says of a sort code and account number.
public enum ModulusResult {
  /// The pair could exist; whether it does, only the bank knows.
  PASS,
  /// The pair cannot exist.
  FAIL,
  /// No check applies to the pair, so it is accepted as it stands.
  UNCHECKED
}
