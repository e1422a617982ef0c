package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.scheme.AddacsReason;
import dev.keyreeve.directdebit.bacs.scheme.NewAccount;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.List;
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
            amended.stream().map(each -> each.advice(keys, generatedOn)),
            unknown.stream().map(each -> each.advice(keys, serviceUser, generatedOn)))
        .toList();
  }

  /// @param payer the account as it was
  /// @param newPayer the account as it is from now on, as far as the bank tells
  public record AmendedInstruction(
      ServiceUserNumber serviceUser,
      String reference,
      String code,
      LocalDate effectiveDate,
      @Nullable PayerAccount payer,
      NewPayer newPayer) {

    public AmendedInstruction {
      reference = Words.ofOneLine(reference);
      code = Words.ofOneLine(code);
    }

    private Advice advice(AdviceKeys keys, @Nullable LocalDate generatedOn) {
      var said = List.of(serviceUser.digits(), reference, code, effectiveDate.toString());
      return new Advice(
          keys.next(
              reference,
              generatedOn,
              newPayer.isTold()
                  ? Stream.concat(said.stream(), Stream.of(kindOfNews())).toList()
                  : said),
          new AdviceSubject.Instruction(serviceUser, reference, payer),
          code,
          ReasonCodes.addacs(code)
              .map(this::meaning)
              .orElseGet(() -> new Advice.Unclear("The reason for the change is unknown.")),
          newPayer);
    }

    private String kindOfNews() {
      return newPayer.account().isPresent() ? "new account" : "part of a new account";
    }

    /// An end or a transfer is certain even where the new account is not told in full. A change of
    /// nothing but the account is not.
    private Advice.Meaning meaning(AddacsReason reason) {
      var newAccount = newPayer.account().orElse(null);
      var event = event(reason, newAccount);
      return event instanceof SchemeEvent.InstructionAmended
              && newPayer.isTold()
              && newAccount == null
          ? new Advice.Unclear("The new account is not told in full.")
          : new Advice.Clear(event);
    }

    private static SchemeEvent event(AddacsReason reason, @Nullable NewAccount newAccount) {
      return switch (reason) {
        case REFER_TO_PAYER, CANCELLED_BY_PAYER, PAYER_DECEASED, ACCOUNT_CLOSED ->
            new SchemeEvent.InstructionCancelled(reason);
        case BRANCH_CHANGED, INSTRUCTION_AMENDED ->
            new SchemeEvent.InstructionAmended(reason, newAccount);
        case ACCOUNT_TRANSFERRED -> new SchemeEvent.AccountTransferred(newAccount);
        case NOTICE_DISPUTED -> new SchemeEvent.NoticeDisputed();
        case REINSTATED -> new SchemeEvent.InstructionReinstated();
      };
    }
  }
}
