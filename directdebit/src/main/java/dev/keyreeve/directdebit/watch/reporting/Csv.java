package dev.keyreeve.directdebit.watch.reporting;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of comma-separated values (RFC 4180), which a spreadsheet takes for text alone: a cell
/// that a program could read as a formula begins with an apostrophe.
final class Csv {
  private static final String BEGINS_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private final StringBuilder text = new StringBuilder();

  Csv line(@Nullable Object... cells) {
    return line(Arrays.asList(cells));
  }

  Csv line(List<? extends @Nullable Object> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) text.append(',');
      text.append(cell(cells.get(i)));
    }
    text.append("\r\n");
    return this;
  }

  static String cell(@Nullable Object value) {
    var plain = value == null ? "" : value.toString();
    var safe = isFormula(plain) ? "'" + plain : plain;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }

  /// Programs pass over blanks, and over what cannot be seen, before they look for a formula.
  private static boolean isFormula(String text) {
    if (text.isEmpty()) return false;
    if (BEGINS_FORMULA.indexOf(text.charAt(0)) >= 0) return true;

    return text.codePoints()
        .dropWhile(Csv::isPassedOver)
        .limit(1)
        .anyMatch(point -> BEGINS_FORMULA.indexOf(point) >= 0);
  }

  private static boolean isPassedOver(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || Character.getType(point) == Character.FORMAT;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
