package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.procedure.shape.Format;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The number of days in the middle: as many took longer as took less. Between two middles it is
/// halfway, so it is whole or ends in `.5`.
///
/// @param halves twice the median
@Format(pattern = "^-?[0-9]{1,9}(\\.5)?$", example = "3.5")
record Median(long halves) {
  private static final Pattern FORM = Pattern.compile("-?[0-9]{1,9}(\\.5)?");

  /// @param counts how often each number of days occurs
  /// @return null if nothing occurs
  static @Nullable Median of(Map<Integer, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) return null;

    var sorted = new TreeMap<>(counts);
    return new Median(at(sorted, (all - 1) / 2) + at(sorted, all / 2));
  }

  private static long at(TreeMap<Integer, Long> counts, long index) {
    long passed = 0;
    for (var entry : counts.entrySet()) {
      passed += entry.getValue();
      if (index < passed) return entry.getKey();
    }
    throw new IllegalArgumentException("there are not so many");
  }

  public static Median parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("A median is a whole number, or ends in .5.");
    }
    return new Median(new BigDecimal(text).multiply(BigDecimal.TWO).longValueExact());
  }

  @Override
  public String toString() {
    return BigDecimal.valueOf(halves).divide(BigDecimal.TWO).stripTrailingZeros().toPlainString();
  }
}
