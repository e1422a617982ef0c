package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.TransactionCode;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.Cycle;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What an advice is about, by all that the bank says of it. Service user and reference together
/// name a mandate; a reference alone may be another collector's.
public sealed interface AdviceSubject {
  /// Processing days.
  int TOLERANCE = 2;

  ServiceUserNumber serviceUser();

  /// As the bank writes it, which need not be a reference that could be lodged.
  String reference();

  /// The account that the advice names; null if it names none.
  @Nullable PayerAccount payer();

  record Instruction(ServiceUserNumber serviceUser, String reference, @Nullable PayerAccount payer)
      implements AdviceSubject {}

  /// A debit under the mandate, of which the bank names amount and day. If [#mayBe] holds for
  /// several presentations, a person has to choose.
  ///
  /// @param code null if the report does not say
  record Debit(
      ServiceUserNumber serviceUser,
      String reference,
      @Nullable PayerAccount payer,
      Pence amount,
      CycleDay dayKind,
      LocalDate day,
      @Nullable TransactionCode code)
      implements AdviceSubject {

    /// Whether a presentation under the mandate can be the one that is meant: it has the amount,
    /// and the day that the bank names is at most two processing days away.
    public boolean mayBe(Pence presented, Cycle cycle, BacsCalendar calendar) {
      var ours =
          switch (dayKind) {
            case PROCESSING_DAY -> cycle.processingDay();
            case ENTRY_DAY -> cycle.entryDay();
          };
      return presented.equals(amount) && isNear(day, ours, calendar);
    }
  }

  /// Whether a day that a bank names can be one of ours: it is at most two processing days away.
  static boolean isNear(LocalDate named, LocalDate ours, BacsCalendar calendar) {
    return calendar.between(ours, named) <= TOLERANCE && calendar.between(named, ours) <= TOLERANCE;
  }

  /// Which day of a debit's cycle a report names.
  enum CycleDay {
    PROCESSING_DAY,
    ENTRY_DAY
  }
}
