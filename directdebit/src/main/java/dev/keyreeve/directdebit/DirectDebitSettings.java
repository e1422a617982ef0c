package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.bankaccount.WeightTable;
import dev.keyreeve.directdebit.calendar.BacsCalendar;
import dev.keyreeve.directdebit.calendar.BankHolidays;
import dev.keyreeve.directdebit.gocardless.ApiAddress;
import org.jspecify.annotations.Nullable;

/// What an operator supplies to the direct-debit service.
///
/// @param weights by which account numbers are checked
/// @param calendar the one by which everything counts days
/// @param goCardlessAt where GoCardless is looked for, such as a stand-in for tests; null for where
///   it is
public record DirectDebitSettings(
    WeightTable weights, BacsCalendar calendar, @Nullable ApiAddress goCardlessAt) {

  /// What holds where nothing is supplied: no bank's account numbers are checked, and the bank
  /// holidays are those that are known.
  public static DirectDebitSettings standard() {
    return new DirectDebitSettings(
        WeightTable.synthetic(), new BacsCalendar(BankHolidays.known()), null);
  }
}
