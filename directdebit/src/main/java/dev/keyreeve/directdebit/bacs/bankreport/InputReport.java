package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.VolumeSerial;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject.CycleDay;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AuddisReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Bacs says of a submission when it takes it in: what it accepted, and with which records
/// something was wrong.
///
/// @param processingDay of the submission
/// @param serial the submission's
/// @param files at least one
public record InputReport(LocalDate processingDay, VolumeSerial serial, List<UserFile> files)
    implements Report {

  public InputReport {
    files = List.copyOf(files);
    if (files.isEmpty()) throw new IllegalArgumentException("An input report is of a file.");
  }

  @Override
  public List<Advice> advices() {
    var keys = new AdviceKeys("INPUT", serial.text(), processingDay.toString());
    var advices = new ArrayList<Advice>();
    for (var file : files) {
      for (var error : file.errors()) advices.add(error.advice(keys, file, processingDay));
    }
    return advices;
  }

  /// @param credits the contra records and what they come to
  public record UserFile(
      ServiceUserNumber serviceUser,
      int fileNumber,
      Tally debits,
      Tally credits,
      List<RecordError> errors) {

    public UserFile {
      errors = List.copyOf(errors);
      if (fileNumber < 0) throw new IllegalArgumentException("A count is not negative.");
    }

    public int count(Outcome outcome) {
      return (int) errors.stream().filter(error -> error.outcome() == outcome).count();
    }
  }

  /// How many records were taken in and how many were not, over all accounts of a file.
  public record Tally(int accepted, Pence acceptedValue, int rejected, Pence rejectedValue) {

    public static final Tally NONE = new Tally(0, Pence.ZERO, 0, Pence.ZERO);

    public Tally {
      if (accepted < 0 || rejected < 0) {
        throw new IllegalArgumentException("A count is not negative.");
      }
    }

    Tally plus(Tally other) {
      return new Tally(
          Math.addExact(accepted, other.accepted),
          acceptedValue.plus(other.acceptedValue),
          Math.addExact(rejected, other.rejected),
          rejectedValue.plus(other.rejectedValue));
    }
  }

  /// What Bacs does with a record that is not as it should be.
  public enum Outcome {
    /// Corrected, and passed on.
    AMENDED,
    /// Sent back to the collector's account: no payer is debited.
    RETURNED,
    /// Not taken in.
    REJECTED
  }

  /// @param transactionCode if the report says so
  public record RecordError(
      Outcome outcome,
      String reference,
      @Nullable TransactionCode transactionCode,
      Pence amount,
      @Nullable PayerAccount payer,
      String message) {

    public RecordError {
      reference = Words.ofOneLine(reference);
      message = Words.ofOneLine(message);
    }

    private Advice advice(AdviceKeys keys, UserFile file, LocalDate processingDay) {
      return new Advice(
          keys.next(
              file.serviceUser().digits(),
              Integer.toString(file.fileNumber()),
              outcome.name(),
              reference,
              transactionCode == null ? "" : transactionCode.code(),
              amount.toString(),
              message),
          subject(file.serviceUser(), processingDay),
          (outcome + " " + message).strip(),
          meaning());
    }

    private AdviceSubject subject(ServiceUserNumber user, LocalDate processingDay) {
      return isDebit()
          ? new AdviceSubject.Debit(
              user,
              reference,
              payer,
              amount,
              CycleDay.PROCESSING_DAY,
              processingDay,
              transactionCode)
          : new AdviceSubject.Instruction(user, reference, payer);
    }

    private Advice.Meaning meaning() {
      if (outcome == Outcome.AMENDED) {
        return new Advice.Unclear("Bacs has changed the record before it passed it on.");
      }
      return isDebit()
          ? new Advice.Clear(new SchemeEvent.DebitRejected())
          : new Advice.Unclear(
              "Bacs has not taken an instruction as it was.",
              new SchemeEvent.InstructionRejected(AuddisReason.UNKNOWN));
    }

    private boolean isDebit() {
      return transactionCode == null ? !amount.isZero() : transactionCode.isDebit();
    }
  }
}
