package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject.CycleDay;
import dev.keyreeve.directdebit.bacs.money.Pence;
import dev.keyreeve.directdebit.bacs.scheme.DdicReason;
import dev.keyreeve.directdebit.bacs.scheme.SchemeEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Direct Debit Indemnity Claim Advice: debits that payers have claimed back under the guarantee,
/// and claims that their banks have withdrawn.
///
/// @param debitDay when the new claims are taken from the collector's account; null if there are
///   none
public record Ddica(
    ServiceUserNumber serviceUser,
    @Nullable LocalDate debitDay,
    List<Claim> raised,
    List<Claim> withdrawn)
    implements Report {

  public Ddica {
    raised = List.copyOf(raised);
    withdrawn = List.copyOf(withdrawn);
    if (raised.isEmpty() != (debitDay == null)) {
      throw new IllegalArgumentException("New claims have a day on which they are debited.");
    }
  }

  @Override
  public List<Advice> advices() {
    var keys = new AdviceKeys("DDICA", serviceUser.digits());
    var advices = new ArrayList<Advice>();
    for (var claim : raised) {
      claim.addTo(advices, keys, "raised", serviceUser, debitDay, SchemeEvent.ClaimRaised::new);
    }
    for (var claim : withdrawn) {
      claim.addTo(advices, keys, "withdrawn", serviceUser, null, SchemeEvent.ClaimWithdrawn::new);
    }
    return advices;
  }

  /// @param sequence counts the claims of a report
  /// @param bankReference by which the paying bank knows the claim; the claim's withdrawal has the
  ///   same
  /// @param debits each of them is claimed back whole
  public record Claim(
      int sequence,
      String bankReference,
      String reference,
      String code,
      String meaning,
      @Nullable PayerAccount payer,
      List<ClaimedDebit> debits) {

    public Claim {
      bankReference = Words.ofOneLine(bankReference);
      reference = Words.ofOneLine(reference);
      code = Words.ofOneLine(code);
      meaning = Words.ofOneLine(meaning);
      debits = List.copyOf(debits);
      if (sequence < 0) throw new IllegalArgumentException("A count is not negative.");
      if (debits.isEmpty()) throw new IllegalArgumentException("A claim is for a debit.");
    }

    public Optional<DdicReason> reason() {
      return ReasonCodes.ddic(code);
    }

    /// What the debits come to.
    public Pence total() {
      return Pence.sum(debits.stream().map(ClaimedDebit::amount));
    }

    private void addTo(
        List<Advice> advices,
        AdviceKeys keys,
        String what,
        ServiceUserNumber user,
        @Nullable LocalDate takenOn,
        Function<DdicReason, SchemeEvent> event) {
      for (var debit : debits) {
        advices.add(
            new Advice(
                keys.next(
                    what,
                    bankReference,
                    reference,
                    code,
                    debit.debitedOn().toString(),
                    debit.amount().toString(),
                    takenOn == null ? "" : takenOn.toString()),
                new AdviceSubject.Debit(
                    user,
                    reference,
                    payer,
                    debit.amount(),
                    CycleDay.ENTRY_DAY,
                    debit.debitedOn(),
                    null),
                (code + " " + meaning).strip(),
                new Advice.Clear(event.apply(reason().orElse(DdicReason.UNKNOWN))),
                bankReference,
                takenOn));
      }
    }
  }

  /// @param debitedOn the entry day
  public record ClaimedDebit(LocalDate debitedOn, Pence amount) {}
}
