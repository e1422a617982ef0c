package dev.keyreeve.directdebit.bankaccount;

import dev.keyreeve.directdebit.bankaccount.WeightRow.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which weights the modulus check uses for which sort codes, and which sort codes stand in for
/// others during the check.
///
/// The files are those that Pay.UK publishes for VocaLink's modulus checking, one row a line: the
/// *weight table* holds first and last sort code, method, 14 weights and perhaps an exception; the
/// *substitution list* holds a sort code and its stand-in. Empty lines and lines that begin with
/// `#` are skipped. The real files are licensed, so an operator supplies them.
public final class WeightTable {

  private static final int COLUMNS = 17;
  private static final int MOST_PASSES = 2;

  private final List<WeightRow> rows;
  private final Map<String, String> substitutions;

  private WeightTable(List<WeightRow> rows, Map<String, String> substitutions) {
    this.rows = List.copyOf(rows);
    this.substitutions = Map.copyOf(substitutions);
  }

  /// Reads both files; a line that cannot be understood stops the reading and is named.
  public static WeightTable load(Path weights, Path substitutions) {
    try (var weightLines = Files.lines(weights);
        var substitutionLines = Files.lines(substitutions)) {
      return read(weightLines, substitutionLines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A table of invented ranges and weights, for a sandbox and for tests. It checks sort codes from
  /// `00-10-00` to `00-20-99`, which belong to no bank, and leaves every other sort code unchecked.
  public static WeightTable synthetic() {
    return read(
        resource("synthetic-weights.txt").lines(), resource("synthetic-substitutions.txt").lines());
  }

  /// The one or two passes for a sort code, in the order of the table; none if it is not covered.
  List<WeightRow> passesFor(SortCode sortCode) {
    var number = Integer.parseInt(sortCode.digits());
    return rows.stream().filter(row -> row.covers(number)).toList();
  }

  /// The sort code to calculate with under exception 5.
  String substituteFor(SortCode sortCode) {
    return substitutions.getOrDefault(sortCode.digits(), sortCode.digits());
  }

  private static WeightTable read(Stream<String> weightLines, Stream<String> substitutionLines) {
    var rows = new ArrayList<WeightRow>();
    weightLines.filter(WeightTable::holdsData).forEach(line -> rows.add(row(line)));
    refuseThirdPasses(rows);

    var substitutions = new HashMap<String, String>();
    substitutionLines.filter(WeightTable::holdsData).forEach(line -> add(line, substitutions));
    return new WeightTable(rows, substitutions);
  }

  private static boolean holdsData(String line) {
    return !line.isBlank() && !line.startsWith("#");
  }

  private static WeightRow row(String line) {
    var columns = columns(line);
    if (columns.size() != COLUMNS && columns.size() != COLUMNS + 1) {
      throw unreadable(line, "a row has 17 columns, or 18 with an exception", null);
    }

    try {
      return new WeightRow(
          Integer.parseInt(SortCode.parse(columns.get(0)).digits()),
          Integer.parseInt(SortCode.parse(columns.get(1)).digits()),
          Method.valueOf(columns.get(2)),
          columns.subList(3, COLUMNS).stream().map(Integer::valueOf).toList(),
          columns.size() == COLUMNS ? 0 : Integer.parseInt(columns.get(COLUMNS)));
    } catch (IllegalArgumentException e) {
      throw unreadable(line, String.valueOf(e.getMessage()), e);
    }
  }

  private static void add(String line, Map<String, String> substitutions) {
    var columns = columns(line);
    if (columns.size() != 2) throw unreadable(line, "a substitution is two sort codes", null);

    try {
      substitutions.put(
          SortCode.parse(columns.get(0)).digits(), SortCode.parse(columns.get(1)).digits());
    } catch (IllegalArgumentException e) {
      throw unreadable(line, String.valueOf(e.getMessage()), e);
    }
  }

  /// As many ranges as ever meet do so where one of them begins, so only beginnings are looked at.
  private static void refuseThirdPasses(List<WeightRow> rows) {
    for (var row : rows) {
      if (rows.stream().filter(other -> other.covers(row.from())).count() > MOST_PASSES) {
        throw new IllegalArgumentException(
            "the weight table has more than two rows for sort code %06d".formatted(row.from()));
      }
    }
  }

  private static List<String> columns(String line) {
    return List.of(line.strip().split("\\s+"));
  }

  private static String resource(String name) {
    try (var stream = WeightTable.class.getResourceAsStream(name)) {
      if (stream == null) throw new IllegalStateException("the jar lacks " + name);
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalArgumentException unreadable(
      String line, String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "cannot read the line \"" + line.strip() + "\": " + why, cause);
  }
}
