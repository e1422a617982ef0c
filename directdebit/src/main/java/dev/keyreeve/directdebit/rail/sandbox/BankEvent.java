package dev.keyreeve.directdebit.rail.sandbox;

import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import org.jspecify.annotations.Nullable;

/// What a report of the sandbox bank says, and in which report it says it.
public sealed interface BankEvent {

  /// An AUDDIS report returns the instruction.
  record InstructionReturned(AuddisReason reason) implements BankEvent {}

  /// An ADDACS report changes, ends or brings back the instruction.
  ///
  /// @param newAccount where the payer banks from now on, with the same holder
  record InstructionAmended(AddacsReason reason, @Nullable NewAccount newAccount)
      implements BankEvent {}

  /// The input report rejects the debit.
  record DebitRejected() implements BankEvent {}

  /// An ARUDD returns the debit.
  record DebitReturned(AruddReason reason, Quirk quirk) implements BankEvent {}

  /// A DDICA claims the debit back.
  record ClaimRaised(DdicReason reason) implements BankEvent {}

  /// A DDICA withdraws the claim that was raised for the reason.
  record ClaimWithdrawn(DdicReason reason) implements BankEvent {}

  /// What real banks do to reports now and then.
  enum Quirk {
    NONE,
    /// The same report comes twice.
    DELIVERED_TWICE,
    /// The report names the debit by a reference that nobody has lodged.
    UNKNOWN_REFERENCE,
    /// The day of the year stands behind the character that is the reason.
    FOUR_DIGIT_CODE
  }
}
