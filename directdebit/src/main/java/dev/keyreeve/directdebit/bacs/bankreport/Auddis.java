package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Automated Direct Debit Instruction Service: what became of the instructions of a submission.
/// Banks return what they do not lodge; of what they lodge they say nothing.
///
/// @param generatedOn if the report says so
/// @param files what Bacs says of whole files
/// @param returned the instructions that were not lodged
/// @param errors the words in which Bacs explains a rejected file
public record Auddis(
    ServiceUserNumber serviceUser,
    @Nullable LocalDate generatedOn,
    List<FileAdvice> files,
    List<ReturnedInstruction> returned,
    List<String> errors)
    implements Report {

  public Auddis {
    files = List.copyOf(files);
    returned = List.copyOf(returned);
    errors = errors.stream().map(Words::ofOneLine).toList();
    if (files.isEmpty() && returned.isEmpty()) {
      throw new IllegalArgumentException("An AUDDIS report has an advice.");
    }
  }

  @Override
  public List<Advice> advices() {
    var keys = new AdviceKeys("AUDDIS", serviceUser.digits());
    return returned.stream().map(each -> each.advice(keys)).toList();
  }

  /// What Bacs says of a file of instructions.
  ///
  /// @param accepted whether Bacs took the file in; if not, all its instructions are void
  public record FileAdvice(
      ServiceUserNumber serviceUser,
      VolumeSerial serial,
      int fileNumber,
      boolean accepted,
      int acceptedInstructions,
      int rejectedInstructions) {

    public FileAdvice {
      if (fileNumber < 0 || acceptedInstructions < 0 || rejectedInstructions < 0) {
        throw new IllegalArgumentException("A count is not negative.");
      }
    }
  }

  /// @param returnedBy who did not take it
  /// @param transactionCode if the report says so
  /// @param newPayer the account to which the payer has moved, as far as the bank tells
  public record ReturnedInstruction(
      ServiceUserNumber serviceUser,
      ReturnedBy returnedBy,
      String reference,
      @Nullable TransactionCode transactionCode,
      String code,
      LocalDate effectiveDate,
      @Nullable PayerAccount payer,
      NewPayer newPayer) {

    public ReturnedInstruction {
      reference = Words.ofOneLine(reference);
      code = Words.ofOneLine(code);
    }

    public ReturnedInstruction(
        ServiceUserNumber serviceUser,
        ReturnedBy returnedBy,
        String reference,
        @Nullable TransactionCode transactionCode,
        String code,
        LocalDate effectiveDate,
        @Nullable PayerAccount payer) {
      this(
          serviceUser,
          returnedBy,
          reference,
          transactionCode,
          code,
          effectiveDate,
          payer,
          NewPayer.NONE);
    }

    private Advice advice(AdviceKeys keys) {
      return new Advice(
          keys.next(
              serviceUser.digits(),
              returnedBy.recordType().letter,
              reference,
              transactionCode == null ? "" : transactionCode.code(),
              code,
              effectiveDate.toString()),
          new AdviceSubject.Instruction(serviceUser, reference, payer),
          code,
          meaning(),
          newPayer);
    }

    private Advice.Meaning meaning() {
      if (transactionCode == TransactionCode.CANCELLED_INSTRUCTION) {
        return new Advice.Unclear("The cancellation of an instruction was returned.");
      }

      return ReasonCodes.auddis(code)
          .<Advice.Meaning>map(reason -> new Advice.Clear(event(reason)))
          .orElseGet(() -> new Advice.Unclear("The reason for the return is unknown."));
    }

    /// Bacs scheme: who is told another branch with sort code and number uses them from now on and
    /// goes on; without both, the instruction has to be lodged anew.
    private SchemeEvent event(AuddisReason reason) {
      var newAccount = newPayer.account().orElse(null);
      return reason == AuddisReason.BRANCH_CHANGED && newAccount != null
          ? new SchemeEvent.InstructionAmended(reason, newAccount)
          : new SchemeEvent.InstructionRejected(reason, newAccount);
    }
  }

  public enum ReturnedBy {
    BACS(RecordType.RETURNED_BY_BACS),
    PAYING_BANK(RecordType.RETURNED_BY_BANK);

    private final RecordType recordType;

    ReturnedBy(RecordType recordType) {
      this.recordType = recordType;
    }

    RecordType recordType() {
      return recordType;
    }
  }
}
