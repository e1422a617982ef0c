package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.BankDetails;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Automated Direct Debit Amendment and Cancellation Service: what paying banks have done to lodged
/// instructions. A collector has three working days to follow.
///
/// @param generatedOn if the report says so
/// @param unknown the records of a type that is not known here
public record Addacs(
    ServiceUserNumber serviceUser,
    @Nullable LocalDate generatedOn,
    List<AmendedInstruction> amended,
    List<UnknownAdvice> unknown)
    implements Report {

  public Addacs {
    amended = List.copyOf(amended);
    unknown = List.copyOf(unknown);
    if (amended.isEmpty()) throw new IllegalArgumentException("An ADDACS report has an advice.");
  }

  /// A report of which every record is known.
  public Addacs(
      ServiceUserNumber serviceUser,
      @Nullable LocalDate generatedOn,
      List<AmendedInstruction> amended) {
    this(serviceUser, generatedOn, amended, List.of());
  }

  @Override
  public List<Advice> advices() {
    var keys = new AdviceKeys("ADDACS", serviceUser.digits());
    return Stream.concat(
            amended.stream().map(each -> each.advice(keys)),
            unknown.stream().map(each -> each.advice(keys, serviceUser, generatedOn)))
        .toList();
  }

  /// @param payer the account as it was
  /// @param newPayer the account as it is from now on, if the bank tells; the same person's
  public record AmendedInstruction(
      ServiceUserNumber serviceUser,
      String reference,
      String code,
      LocalDate effectiveDate,
      @Nullable PayerAccount payer,
      @Nullable PayerAccount newPayer) {

    public AmendedInstruction {
      reference = Words.ofOneLine(reference);
      code = Words.ofOneLine(code);
      if (payer != null && newPayer != null && !Objects.equals(payer.name(), newPayer.name())) {
        throw new IllegalArgumentException("An instruction does not pass to another person.");
      }
    }

    private Advice advice(AdviceKeys keys) {
      var day = effectiveDate.toString();
      return new Advice(
          newPayer == null
              ? keys.next(serviceUser.digits(), reference, code, day)
              : keys.next(serviceUser.digits(), reference, code, day, "new account"),
          new AdviceSubject.Instruction(serviceUser, reference, payer),
          code,
          ReasonCodes.addacs(code)
              .map(this::meaning)
              .orElseGet(() -> new Advice.Unclear("The reason for the change is unknown.")));
    }

    private Advice.Meaning meaning(AddacsReason reason) {
      var details = newPayer == null ? null : newPayer.details().orElse(null);
      if (newPayer != null && details == null) {
        return new Advice.Unclear("The new account has no holder's name.");
      }

      return new Advice.Clear(event(reason, details));
    }

    private static SchemeEvent event(AddacsReason reason, @Nullable BankDetails newDetails) {
      return switch (reason) {
        case REFER_TO_PAYER, CANCELLED_BY_PAYER, PAYER_DECEASED, ACCOUNT_CLOSED ->
            new SchemeEvent.InstructionCancelled(reason);
        case BRANCH_CHANGED, INSTRUCTION_AMENDED ->
            new SchemeEvent.InstructionAmended(reason, newDetails);
        case ACCOUNT_TRANSFERRED -> new SchemeEvent.AccountTransferred(newDetails);
        case NOTICE_DISPUTED -> new SchemeEvent.NoticeDisputed();
        case REINSTATED -> new SchemeEvent.InstructionReinstated();
      };
    }
  }
}
