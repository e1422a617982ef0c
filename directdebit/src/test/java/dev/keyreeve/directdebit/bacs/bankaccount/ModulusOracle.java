package dev.keyreeve.directdebit.bacs.bankaccount;

import dev.keyreeve.directdebit.bacs.bankaccount.WeightRow.Method;
import java.util.List;

/// A second telling of the modulus check, for comparison: it knows nothing of [ModulusCheck], sees
/// one row of fourteen digits, and follows the exceptions one after the other as they are
/// published.
final class ModulusOracle {
  private static final int G = 12;
  private static final int H = 13;

  private ModulusOracle() {}

  /// @param rows none, one or two
  /// @param substitute what stands in for the sort code under exception 5
  static ModulusResult check(
      List<WeightRow> rows, String sortCode, String substitute, String account) {
    if (rows.isEmpty()) return ModulusResult.UNCHECKED;
    var first = rows.getFirst();
    int a = account.charAt(0) - '0';
    if (first.exception() == 6 && a >= 4 && a <= 8 && account.charAt(6) == account.charAt(7)) {
      return ModulusResult.UNCHECKED;
    }

    boolean holds = holds(first, sortCode, substitute, account);
    if (rows.size() == 2) {
      var second = rows.getLast();
      int c = account.charAt(2) - '0';
      boolean either = List.of(2, 10, 12).contains(first.exception());
      boolean firstAlone = second.exception() == 3 && (c == 6 || c == 9);
      if (either) holds = holds || holds(second, sortCode, substitute, account);
      else if (!firstAlone) holds = holds && holds(second, sortCode, substitute, account);
    }
    return holds ? ModulusResult.PASS : ModulusResult.FAIL;
  }

  private static boolean holds(WeightRow row, String sortCode, String substitute, String account) {
    int exception = row.exception();
    if (exception == 5) sortCode = substitute;
    if (exception == 8) sortCode = "090126";
    if (exception == 9) sortCode = "309634";
    var digits = digits(sortCode + account);
    var weights = row.weights().stream().mapToInt(Integer::intValue).toArray();
    if (exception == 2 && digits[6] != 0) {
      weights =
          digits[G] == 9
              ? new int[] {0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1}
              : new int[] {0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1};
    }
    boolean is09Or99 = account.startsWith("09") || account.startsWith("99");
    if (digits[G] == 9 && (exception == 7 || (exception == 10 && is09Or99))) {
      for (int i = 0; i < 8; i++) weights[i] = 0;
    }

    int divisor = row.method() == Method.MOD11 ? 11 : 10;
    int total = total(row.method(), weights, digits) + (exception == 1 ? 27 : 0);
    int left = ((total % divisor) + divisor) % divisor;
    if (exception == 4) return left == digits[G] * 10 + digits[H];
    if (exception == 5) {
      int checkDigit = row.method() == Method.DBLAL ? digits[H] : digits[G];
      if (left == 0) return checkDigit == 0;
      return divisor - left == checkDigit;
    }
    if (left == 0) return true;
    if (exception != 14 || List.of(0, 1, 9).indexOf(digits[H]) < 0) return false;

    var shifted = digits(sortCode + "0" + account.substring(0, 7));
    return total(row.method(), weights, shifted) % divisor == 0;
  }

  private static int[] digits(String text) {
    return text.chars().map(digit -> digit - '0').toArray();
  }

  private static int total(Method method, int[] weights, int[] digits) {
    int total = 0;
    for (int i = 0; i < 14; i++) {
      int product = weights[i] * digits[i];
      total +=
          method == Method.DBLAL
              ? Integer.toString(product).chars().map(digit -> digit - '0').sum()
              : product;
    }
    return total;
  }
}
