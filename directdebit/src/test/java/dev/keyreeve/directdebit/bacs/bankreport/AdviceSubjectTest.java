package dev.keyreeve.directdebit.bacs.bankreport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.bacs.ServiceUserNumber;
import dev.keyreeve.directdebit.bacs.bankreport.AdviceSubject.CycleDay;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.money.Pence;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceSubjectTest {

  private static final Pence RENT = new Pence(95_000);

  private final BacsCalendar calendar = new BacsCalendar(BankHolidays.known());

  /// The debit was processed on Thursday 24 December 2026 and entered on Tuesday 29 December;
  /// Christmas and a weekend lie between.
  @ParameterizedTest
  @CsvSource({
    "PROCESSING_DAY, 2026-12-24, true",
    "PROCESSING_DAY, 2026-12-22, true",
    "PROCESSING_DAY, 2026-12-21, false",
    "PROCESSING_DAY, 2026-12-26, true",
    "PROCESSING_DAY, 2026-12-30, true",
    "PROCESSING_DAY, 2026-12-31, false",
    "ENTRY_DAY, 2026-12-29, true",
    "ENTRY_DAY, 2026-12-23, true",
    "ENTRY_DAY, 2026-12-22, false",
    "ENTRY_DAY, 2026-12-31, true",
    "ENTRY_DAY, 2027-01-04, false",
    "ENTRY_DAY, 2026-11-29, false",
  })
  void aDebitIsOneOfTheAmountWithinTwoProcessingDays(CycleDay kind, LocalDate day, boolean may) {
    var cycle = calendar.cycleTo(LocalDate.parse("2026-12-29"));
    var debit =
        new AdviceSubject.Debit(
            new ServiceUserNumber("123456"), "RENT-0001", null, RENT, kind, day, null);

    assertThat(debit.mayBe(RENT, cycle, calendar)).isEqualTo(may);
    assertThat(debit.mayBe(new Pence(95_001), cycle, calendar)).isFalse();
  }
}
