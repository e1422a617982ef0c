package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.bankaccount.AccountNumber;
import dev.keyreeve.directdebit.bacs.bankaccount.SortCode;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject.CycleDay;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.AruddReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Automated Return of Unpaid Direct Debits: debits that came back. It comes on the processing day
/// after the entry day, and a shorter one a day later.
///
/// @param adviceNumber counts the reports of a day, such as `001`
/// @param processingDay of the report itself
public record Arudd(
    ServiceUserNumber serviceUser,
    String adviceNumber,
    LocalDate processingDay,
    List<AccountReturns> accounts)
    implements Report {

  public Arudd {
    adviceNumber = Words.ofOneLine(adviceNumber);
    accounts = List.copyOf(accounts);
  }

  @Override
  public List<Advice> advices() {
    var keys =
        new AdviceKeys("ARUDD", serviceUser.digits(), adviceNumber, processingDay.toString());
    var advices = new ArrayList<Advice>();
    for (var account : accounts) {
      for (var debit : account.debits()) advices.add(debit.advice(keys, serviceUser));
    }
    return advices;
  }

  /// The debits that came back to one of the collector's accounts.
  public record AccountReturns(
      SortCode sortCode, AccountNumber accountNumber, List<ReturnedDebit> debits) {

    public AccountReturns {
      debits = List.copyOf(debits);
    }

    /// What they come to.
    public Pence total() {
      return Pence.sum(debits.stream().map(ReturnedDebit::amount));
    }
  }

  /// @param code as the bank writes it: a character for the reason, mostly with the day of the year
  ///   of the debit behind it
  /// @param description in words of the bank's own, or empty
  /// @param originalProcessingDay of the debit
  public record ReturnedDebit(
      String reference,
      TransactionCode transactionCode,
      String code,
      String description,
      LocalDate originalProcessingDay,
      Pence amount,
      @Nullable PayerAccount payer) {

    public ReturnedDebit {
      reference = Words.ofOneLine(reference);
      code = Words.ofOneLine(code);
      description = Words.ofOneLine(description);
    }

    public Optional<AruddReason> reason() {
      return ReasonCodes.arudd(code, description);
    }

    private Advice advice(AdviceKeys keys, ServiceUserNumber user) {
      return new Advice(
          keys.next(
              reference,
              transactionCode.code(),
              code,
              description,
              originalProcessingDay.toString(),
              amount.toString()),
          new AdviceSubject.Debit(
              user,
              reference,
              payer,
              amount,
              CycleDay.PROCESSING_DAY,
              originalProcessingDay,
              transactionCode),
          (code + " " + description).strip(),
          reason()
              .<Advice.Meaning>map(
                  reason -> new Advice.Clear(new SchemeEvent.DebitReturned(reason)))
              .orElseGet(
                  () ->
                      new Advice.Unclear(
                          "The reason for the return is unknown.",
                          new SchemeEvent.DebitReturned(AruddReason.UNKNOWN))));
    }
  }
}
