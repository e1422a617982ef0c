package dev.keyreeve.directdebit.bacs.scheme;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Something that a scheme reports of an instruction or of a debit under it.
public sealed interface SchemeEvent {

  /// Why, in the scheme's words; null for what no bank reports.
  default @Nullable SchemeReason reason() {
    return null;
  }

  /// About an instruction, or the mandate as a whole.
  sealed interface OfInstruction extends SchemeEvent {}

  /// About one debit.
  sealed interface OfDebit extends SchemeEvent {}

  /// About what the payer claims back of one debit.
  sealed interface OfClaim extends SchemeEvent {}

  /// The instruction is on its way to the payer's bank.
  record InstructionSubmitted() implements OfInstruction {}

  /// The payer's bank holds the instruction; under Bacs, it has not returned it in time.
  record InstructionAccepted() implements OfInstruction {}

  /// The instruction was returned.
  ///
  /// @param newAccount to which the payer's bank says that the payer has moved; null if it names
  ///   none
  record InstructionRejected(AuddisReason reason, @Nullable NewAccount newAccount)
      implements OfInstruction {
    public InstructionRejected(AuddisReason reason) {
      this(reason, null);
    }
  }

  /// The payer's bank has ended the instruction, of itself or at the payer's wish, or a provider
  /// has done so for what a bank reported.
  record InstructionCancelled(SchemeReason reason) implements OfInstruction {
    public InstructionCancelled {
      if (reason == AddacsReason.REINSTATED) {
        throw new IllegalArgumentException("does not cancel: " + reason.code());
      }
    }
  }

  /// The instruction was ended with the provider that holds it, by the collector or by the provider
  /// itself; no bank had a part in it.
  record InstructionWithdrawn() implements OfInstruction {}

  /// A provider lets nothing be collected under the mandate any more, for rules of its own or of
  /// the collector's with it. It never takes that back of the same mandate.
  record InstructionBlocked() implements OfInstruction {}

  /// A provider has followed the payer to another account, where the instruction stays lodged. It
  /// does not tell which.
  record InstructionMoved() implements OfInstruction {}

  /// The payer's bank has changed the instruction, which stays lodged. A bank that names another of
  /// its branches in answer to a new instruction has lodged it there.
  record InstructionAmended(SchemeReason reason, @Nullable NewAccount newAccount)
      implements OfInstruction {
    public InstructionAmended {
      boolean amends =
          reason == AddacsReason.BRANCH_CHANGED
              || reason == AddacsReason.INSTRUCTION_AMENDED
              || (reason == AuddisReason.BRANCH_CHANGED && newAccount != null);
      if (!amends) throw new IllegalArgumentException("does not amend: " + reason.code());
    }
  }

  /// The payer has taken the account to another bank, where the instruction has to be lodged anew.
  /// Without `newAccount` it cannot be.
  record AccountTransferred(@Nullable NewAccount newAccount) implements OfInstruction {
    @Override
    public AddacsReason reason() {
      return AddacsReason.ACCOUNT_TRANSFERRED;
    }
  }

  /// The payer disputes an advance notice at the bank.
  record NoticeDisputed() implements OfInstruction {
    @Override
    public AddacsReason reason() {
      return AddacsReason.NOTICE_DISPUTED;
    }
  }

  /// The payer has had an instruction brought back at the bank.
  record InstructionReinstated() implements OfInstruction {
    @Override
    public AddacsReason reason() {
      return AddacsReason.REINSTATED;
    }
  }

  /// The instruction was unused for so long that banks may have dropped it.
  record DormancyReached() implements OfInstruction {}

  /// A debit is on its way to the payer's bank.
  record DebitSubmitted() implements OfDebit {}

  /// The scheme did not take a debit in, so that no payer was asked for it.
  record DebitRejected() implements OfDebit {}

  /// A debit was taken back before it was processed, so that no payer was asked for it.
  record DebitCancelled() implements OfDebit {}

  /// The payer was debited. It is not final: the debit may still come back.
  record DebitCollected() implements OfDebit {}

  /// The time in which a debit comes back is over, or its money has been handed on. A return that
  /// still follows is a late one.
  record DebitSettled() implements OfDebit {}

  /// A debit under the mandate came back unpaid, late if it was settled before.
  ///
  /// @param reason null if it was given and cannot be told
  record DebitReturned(@Nullable AruddReason reason) implements OfDebit {}

  /// A provider presents a debit again that had ended, of itself or because somebody has asked it
  /// to there.
  ///
  /// @param entryDay when the payer is debited now; null while that is not known
  record DebitResubmitted(@Nullable LocalDate entryDay) implements OfDebit {}

  /// The payer claims back a debit under the mandate.
  record ClaimRaised(DdicReason reason) implements OfClaim {}

  /// The payer's bank no longer claims back a debit, for whatever `reason` it did; null if it does
  /// not repeat it.
  record ClaimWithdrawn(@Nullable DdicReason reason) implements OfClaim {}

  /// What a payer claimed back has been taken from the collector.
  record ClaimSettled() implements OfClaim {}
}
