package dev.keyreeve.directdebit.bacs.bankaccount;

import java.util.List;

/// One pass of the check for a range of sort codes, both ends included. The 14 weights belong to
/// the six digits of the sort code, called u to z, and the eight of the account number, called a to
/// h. Exception 0 is none.
record WeightRow(int from, int to, Method method, List<Integer> weights, int exception) {

  enum Method {
    MOD10(10),
    MOD11(11),
    /// Double alternate: the digits of each product are added instead of the product.
    DBLAL(10);

    final int modulus;

    Method(int modulus) {
      this.modulus = modulus;
    }
  }

  static final int LAST_EXCEPTION = 14;

  WeightRow {
    weights = List.copyOf(weights);
    if (weights.size() != 14) throw new IllegalArgumentException("a row has 14 weights");
    if (from > to) throw new IllegalArgumentException("a range ends before it begins");
    if (exception < 0 || exception > LAST_EXCEPTION) {
      throw new IllegalArgumentException("exceptions are numbered 1 to 14");
    }
  }

  boolean covers(int sortCode) {
    return from <= sortCode && sortCode <= to;
  }
}
