package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Automated Direct Debit Instruction Service: what became of the instructions of a submission.
/// Banks return what they do not lodge; of what they lodge they say nothing.
///
/// @param generatedOn if the report says so
/// @param files what Bacs says of whole files
/// @param returned the instructions that were not lodged
/// @param errors the words in which Bacs explains a rejected file
/// @param unknown the records of a type that is not known here
public record Auddis(
    ServiceUserNumber serviceUser,
    @Nullable LocalDate generatedOn,
    List<FileAdvice> files,
    List<ReturnedInstruction> returned,
    List<String> errors,
    List<UnknownAdvice> unknown)
    implements Report {

  public Auddis {
    files = List.copyOf(files);
    returned = List.copyOf(returned);
    errors = errors.stream().map(Words::ofOneLine).toList();
    unknown = List.copyOf(unknown);
    if (files.isEmpty() && returned.isEmpty() && unknown.isEmpty()) {
      throw new IllegalArgumentException("An AUDDIS report has an advice.");
    }
  }

  /// A report of which every record is known.
  public Auddis(
      ServiceUserNumber serviceUser,
      @Nullable LocalDate generatedOn,
      List<FileAdvice> files,
      List<ReturnedInstruction> returned,
      List<String> errors) {
    this(serviceUser, generatedOn, files, returned, errors, List.of());
  }

  @Override
  public List<Advice> advices() {
    var keys = new AdviceKeys("AUDDIS", serviceUser.digits());
    return Stream.concat(
            returned.stream().map(each -> each.advice(keys, generatedOn)),
            unknown.stream().map(each -> each.advice(keys, serviceUser, generatedOn)))
        .toList();
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

  /// @param type the letter that says which kind of instruction it was
  /// @param transactionCode the same, if the report says so
  /// @param newPayer the account to which the payer has moved, as far as the bank tells
  public record ReturnedInstruction(
      ServiceUserNumber serviceUser,
      RecordType type,
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
        RecordType type,
        String reference,
        @Nullable TransactionCode transactionCode,
        String code,
        LocalDate effectiveDate,
        @Nullable PayerAccount payer) {
      this(
          serviceUser, type, reference, transactionCode, code, effectiveDate, payer, NewPayer.NONE);
    }

    private Advice advice(AdviceKeys keys, @Nullable LocalDate generatedOn) {
      return new Advice(
          keys.next(
              reference,
              generatedOn,
              List.of(
                  serviceUser.digits(),
                  type.letter,
                  reference,
                  transactionCode == null ? "" : transactionCode.code(),
                  code,
                  effectiveDate.toString())),
          new AdviceSubject.Instruction(serviceUser, reference, payer),
          code,
          meaning(),
          newPayer);
    }

    private Advice.Meaning meaning() {
      return switch (instruction()) {
        case CANCELLED_INSTRUCTION ->
            new Advice.Unclear("The cancellation of an instruction was returned.");
        case CONVERTED_INSTRUCTION ->
            new Advice.Unclear(
                "It is about a paper instruction that was converted, and none is from here.",
                rejected(reason().orElse(AuddisReason.UNKNOWN)));
        default ->
            reason()
                .<Advice.Meaning>map(reason -> new Advice.Clear(event(reason)))
                .orElseGet(
                    () ->
                        new Advice.Unclear(
                            "The reason for the return is unknown.",
                            rejected(AuddisReason.UNKNOWN)));
      };
    }

    /// Bacs scheme: who is told another branch with sort code and number uses them from now on and
    /// goes on; without both, the instruction has to be lodged anew.
    private SchemeEvent event(AuddisReason reason) {
      var newAccount = newPayer.account().orElse(null);
      return reason == AuddisReason.BRANCH_CHANGED && newAccount != null
          ? new SchemeEvent.InstructionAmended(reason, newAccount)
          : rejected(reason);
    }

    private SchemeEvent rejected(AuddisReason reason) {
      return new SchemeEvent.InstructionRejected(reason, newPayer.account().orElse(null));
    }

    private Optional<AuddisReason> reason() {
      return ReasonCodes.auddis(code);
    }

    private TransactionCode instruction() {
      if (transactionCode != null) return transactionCode;

      return switch (type) {
        case CANCELLATION_RETURNED -> TransactionCode.CANCELLED_INSTRUCTION;
        case CONVERSION_RETURNED -> TransactionCode.CONVERTED_INSTRUCTION;
        case NEW_RETURNED, AMENDMENT, ACCEPTED, REJECTED, UNKNOWN ->
            TransactionCode.NEW_INSTRUCTION;
      };
    }
  }
}
