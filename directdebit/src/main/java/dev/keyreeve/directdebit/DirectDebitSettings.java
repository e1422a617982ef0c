package dev.keyreeve.directdebit;

import dev.keyreeve.directdebit.bacs.bankaccount.WeightTable;
import dev.keyreeve.directdebit.bacs.calendar.BacsCalendar;
import dev.keyreeve.directdebit.bacs.calendar.BankHolidays;
import dev.keyreeve.directdebit.bacs.table.TableReading;
import dev.keyreeve.directdebit.rail.gocardless.ApiAddress;
import dev.keyreeve.platform.setting.Kind;
import dev.keyreeve.platform.setting.Setting;
import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.platform.setting.Values;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an operator supplies to the direct-debit service.
///
/// @param weights by which account numbers are checked
/// @param calendar the one by which everything counts days
/// @param goCardlessAt where GoCardless is looked for, such as a stand-in for tests; null for where
///   it is
public record DirectDebitSettings(
    WeightTable weights, BacsCalendar calendar, @Nullable ApiAddress goCardlessAt) {

  /// Where an API is, without a path; without TLS only on this machine.
  private static final Kind<ApiAddress> API_ADDRESS =
      Kind.one(
          "a URL of https without a path; http on this machine alone",
          text -> new ApiAddress(URI.create(text)));

  private static final Setting<Path> MODULUS_WEIGHTS =
      Setting.optional(
          "direct-debit.modulus-weights",
          Kind.path(),
          "none: no bank's account numbers are checked",
          "The weight table of the modulus check, as Pay.UK publishes it.");

  private static final Setting<Path> MODULUS_SUBSTITUTIONS =
      Setting.optional(
          "direct-debit.modulus-substitutions",
          Kind.path(),
          "none",
          "The sort codes that stand in for others during the check, published beside the weights.");

  private static final Setting<Path> BANK_HOLIDAYS =
      Setting.optional(
          "direct-debit.bank-holidays",
          Kind.path(),
          "those of England and Wales that are known",
          "A file of days that are bank holidays after all, or are none, one a line:"
              + " `add 2031-06-10` or `remove 2031-05-26`.");

  private static final Setting<ApiAddress> GOCARDLESS_URL =
      Setting.optional(
          "direct-debit.gocardless-url",
          API_ADDRESS,
          "GoCardless's own addresses",
          "Where GoCardless is looked for instead: a stand-in, for tests. Access tokens go there.");

  /// How they are given.
  public static final SettingGroup<DirectDebitSettings> GROUP =
      new SettingGroup<>(
          List.of(MODULUS_WEIGHTS, MODULUS_SUBSTITUTIONS, BANK_HOLIDAYS, GOCARDLESS_URL),
          DirectDebitSettings::read);

  /// What holds where nothing is supplied: no bank's account numbers are checked, and the bank
  /// holidays are those that are known.
  public static DirectDebitSettings standard() {
    return new DirectDebitSettings(
        WeightTable.synthetic(), new BacsCalendar(BankHolidays.known()), null);
  }

  private static DirectDebitSettings read(Values values, List<String> problems) {
    values.requireOther(MODULUS_WEIGHTS, MODULUS_SUBSTITUTIONS, problems);
    values.requireOther(MODULUS_SUBSTITUTIONS, MODULUS_WEIGHTS, problems);
    var weights = values.find(MODULUS_WEIGHTS);
    var substitutions = values.find(MODULUS_SUBSTITUTIONS);
    var holidays = values.find(BANK_HOLIDAYS);
    return new DirectDebitSettings(
        weights == null || substitutions == null
            ? WeightTable.synthetic()
            : table(
                MODULUS_WEIGHTS,
                WeightTable.read(weights, substitutions),
                WeightTable::synthetic,
                problems),
        new BacsCalendar(
            holidays == null
                ? BankHolidays.known()
                : table(BANK_HOLIDAYS, BankHolidays.read(holidays), BankHolidays::known, problems)),
        values.find(GOCARDLESS_URL));
  }

  private static <T> T table(
      Setting<Path> setting, TableReading<T> reading, Supplier<T> instead, List<String> problems) {
    return switch (reading) {
      case TableReading.Read<T>(var table) -> table;
      case TableReading.Refused<T>(var faults) -> {
        for (var fault : faults) problems.add(setting.name() + ": " + fault + ".");
        yield instead.get();
      }
    };
  }
}
