package dev.keyreeve.directdebit.bacs.bankaccount;

import java.util.ArrayList;
import java.util.List;

/// Tells whether an account number can exist at a sort code, by the check digits that banks build
/// into both.
///
/// Each sort code has no pass, one or two. Two passes must both hold, except that under exceptions
/// 2 with 9, 10 with 11 and 12 with 13 one of them is enough.
public final class ModulusCheck {

  private static final List<Integer> WEIGHTS_2 = List.of(0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1);
  private static final List<Integer> WEIGHTS_2_FOR_G_9 =
      List.of(0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1);
  private static final String SORT_CODE_8 = "090126";
  private static final String SORT_CODE_9 = "309634";

  private final WeightTable table;

  public ModulusCheck(WeightTable table) {
    this.table = table;
  }

  public ModulusResult check(SortCode sortCode, AccountNumber accountNumber) {
    var passes = table.passesFor(sortCode);
    var results = passes.stream().map(row -> check(row, sortCode, accountNumber.reveal())).toList();

    if (oneIsEnough(passes) && results.contains(ModulusResult.PASS)) return ModulusResult.PASS;
    if (results.contains(ModulusResult.FAIL)) return ModulusResult.FAIL;
    return results.contains(ModulusResult.PASS) ? ModulusResult.PASS : ModulusResult.UNCHECKED;
  }

  private static boolean oneIsEnough(List<WeightRow> passes) {
    return passes.size() == 2
        && switch (passes.getFirst().exception()) {
          case 2, 9, 10, 11, 12, 13 -> true;
          default -> false;
        };
  }

  private ModulusResult check(WeightRow row, SortCode sortCode, String account) {
    if (doesNotApply(row, account)) return ModulusResult.UNCHECKED;

    return holds(row, sortCode, account) ? ModulusResult.PASS : ModulusResult.FAIL;
  }

  private static boolean doesNotApply(WeightRow row, String account) {
    return switch (row.exception()) {
      case 3 -> digit(account, 'c') == 6 || digit(account, 'c') == 9;
      case 6 -> isForeignCurrency(account);
      default -> false;
    };
  }

  private static boolean isForeignCurrency(String account) {
    return digit(account, 'a') >= 4
        && digit(account, 'a') <= 8
        && digit(account, 'g') == digit(account, 'h');
  }

  private boolean holds(WeightRow row, SortCode sortCode, String account) {
    return switch (row.exception()) {
      case 1 -> (total(row, row.weights(), sortCode.digits(), account) + 27) % 10 == 0;
      case 2 -> remainder(row, weightsUnder2(row, account), sortCode.digits(), account) == 0;
      case 4 ->
          remainder(row, sortCode.digits(), account)
              == 10 * digit(account, 'g') + digit(account, 'h');
      case 5 -> endsInItsCheckDigit(row, table.substituteFor(sortCode), account);
      case 7 ->
          remainder(row, accountOnlyIf(digit(account, 'g') == 9, row), sortCode.digits(), account)
              == 0;
      case 8 -> remainder(row, SORT_CODE_8, account) == 0;
      case 9 -> remainder(row, SORT_CODE_9, account) == 0;
      case 10 ->
          remainder(row, accountOnlyIf(isUnder10(account), row), sortCode.digits(), account) == 0;
      case 14 ->
          remainder(row, sortCode.digits(), account) == 0
              || ("019".indexOf(account.charAt(7)) >= 0
                  && remainder(row, sortCode.digits(), "0" + account.substring(0, 7)) == 0);
      default -> remainder(row, sortCode.digits(), account) == 0;
    };
  }

  private static List<Integer> weightsUnder2(WeightRow row, String account) {
    if (digit(account, 'a') == 0) return row.weights();

    return digit(account, 'g') == 9 ? WEIGHTS_2_FOR_G_9 : WEIGHTS_2;
  }

  private static boolean isUnder10(String account) {
    return (account.startsWith("09") || account.startsWith("99")) && digit(account, 'g') == 9;
  }

  /// The row's weights, those of u to b being zero if `accountStandsAlone`.
  private static List<Integer> accountOnlyIf(boolean accountStandsAlone, WeightRow row) {
    if (!accountStandsAlone) return row.weights();

    var weights = new ArrayList<>(row.weights());
    weights.subList(0, 8).replaceAll(_ -> 0);
    return weights;
  }

  /// Exception 5: what is missing to the modulus is itself a digit of the account number, g or h.
  private static boolean endsInItsCheckDigit(WeightRow row, String sortCode, String account) {
    var checkDigit = digit(account, row.method() == WeightRow.Method.DBLAL ? 'h' : 'g');
    var missing = row.method().modulus - remainder(row, sortCode, account);
    return checkDigit == missing % row.method().modulus;
  }

  private static int remainder(WeightRow row, String sortCode, String account) {
    return remainder(row, row.weights(), sortCode, account);
  }

  private static int remainder(
      WeightRow row, List<Integer> weights, String sortCode, String account) {
    return Math.floorMod(total(row, weights, sortCode, account), row.method().modulus);
  }

  private static int total(WeightRow row, List<Integer> weights, String sortCode, String account) {
    var digits = sortCode + account;
    var total = 0;
    for (var i = 0; i < weights.size(); i++) {
      var product = weights.get(i) * Character.digit(digits.charAt(i), 10);
      total += row.method() == WeightRow.Method.DBLAL ? digitSum(product) : product;
    }
    return total;
  }

  private static int digitSum(int product) {
    return product == 0 ? 0 : product % 10 + digitSum(product / 10);
  }

  /// A digit of the account number by its letter, a to h.
  private static int digit(String account, char letter) {
    return Character.digit(account.charAt(letter - 'a'), 10);
  }
}
