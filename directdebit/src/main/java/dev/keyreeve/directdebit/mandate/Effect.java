package dev.keyreeve.directdebit.mandate;

/// What has to happen in the same transaction as a move.
public enum Effect {
  /// End every link of the payer that is still open.
  REVOKE_INVITE,
  /// Confirm the set-up to the payer within 3 working days.
  CONFIRM_SETUP,
  /// Queue an instruction for the payer's bank (Bacs 0N).
  LODGE_INSTRUCTION,
  /// Queue the withdrawal of the instruction (Bacs 0C).
  WITHDRAW_INSTRUCTION,
  /// Debit another account, to which an instruction that waits is lodged too.
  UPDATE_BANK_DETAILS,
  /// The payer has another account now, and only a provider knows which; show none.
  FORGET_BANK_DETAILS,
  /// Cancel the collections that are not submitted yet.
  CANCEL_COLLECTIONS,
  /// Skip or shift the collections that are not submitted yet, as the collector's policy has it.
  HOLD_COLLECTIONS,
  /// Send the payer nothing any more.
  STOP_CONTACT
}
