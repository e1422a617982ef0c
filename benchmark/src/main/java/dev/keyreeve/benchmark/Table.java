package dev.keyreeve.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text under headings, printed as a table of Markdown whose columns line up.
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    row(headings);
  }

  /// @throws IllegalArgumentException if it has not one cell for each heading
  Table row(String... cells) {
    if (!rows.isEmpty() && cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("A row has one cell for each heading.");
    }
    rows.add(List.of(cells));
    return this;
  }

  /// How many times as much as `other`.
  static String ratio(double value, double other) {
    return String.format(Locale.ROOT, "%.2f", value / other);
  }

  /// The middle of an odd number of values.
  static double median(double... values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Override
  public String toString() {
    var widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    var lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
    lines.add(
        1,
        Arrays.stream(widths)
            .mapToObj(width -> "-".repeat(width + 2))
            .collect(Collectors.joining("|", "|", "|\n")));
    return String.join("", lines);
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append(' ').append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
      line.append(" |");
    }
    return line.append('\n').toString();
  }
}
