package dev.keyreeve.directdebit.bacs.bankaccount;

import dev.keyreeve.directdebit.bacs.bankaccount.WeightRow.Method;
import dev.keyreeve.directdebit.bacs.table.TableFile;
import dev.keyreeve.directdebit.bacs.table.TableReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final Pattern WEIGHT = Pattern.compile("-?[0-9]{1,3}");
  private static final Pattern EXCEPTION = Pattern.compile("[1-9]|1[0-4]");

  private final List<WeightRow> rows;
  private final Map<String, String> substitutions;
  private final boolean synthetic;

  private WeightTable(List<WeightRow> rows, Map<String, String> substitutions, boolean synthetic) {
    this.rows = List.copyOf(rows);
    this.substitutions = Map.copyOf(substitutions);
    this.synthetic = synthetic;
  }

  /// Reads both files, or names every line that cannot be understood.
  public static TableReading<WeightTable> read(Path weights, Path substitutions) {
    return read(TableFile.read(weights), TableFile.read(substitutions), false);
  }

  /// A table of invented ranges and weights, for a sandbox and for tests. It checks sort codes from
  /// `00-10-00` to `00-20-99`, which belong to no bank, and leaves every other sort code unchecked.
  public static WeightTable synthetic() {
    return switch (read(
        resource("synthetic-weights.txt"), resource("synthetic-substitutions.txt"), true)) {
      case TableReading.Read<WeightTable>(var table) -> table;
      case TableReading.Refused<WeightTable>(var faults) ->
          throw new IllegalStateException("the jar is broken: " + faults);
    };
  }

  /// Whether the table is invented, so that no bank's account numbers are checked.
  public boolean isSynthetic() {
    return synthetic;
  }

  /// How many passes it has, for all ranges together.
  public int size() {
    return rows.size();
  }

  /// The one or two passes for a sort code, in the order of the table; none if it is not covered.
  List<WeightRow> passesFor(SortCode sortCode) {
    return covering(Integer.parseInt(sortCode.digits()), rows.stream()).toList();
  }

  private static Stream<WeightRow> covering(int sortCode, Stream<WeightRow> rows) {
    return rows.filter(row -> row.covers(sortCode));
  }

  /// The sort code to calculate with under exception 5.
  String substituteFor(SortCode sortCode) {
    return substitutions.getOrDefault(sortCode.digits(), sortCode.digits());
  }

  private static TableReading<WeightTable> read(
      TableFile weights, TableFile substitutions, boolean synthetic) {
    var rows = new ArrayList<WeightRow>();
    var stood = new HashMap<String, String>();
    if (weights.isEmpty()) weights.refuse("holds no weights");
    weights.forEach(line -> add(row(line.columns()), rows));
    substitutions.forEach(line -> add(line.columns(), stood));
    return TableFile.reading(
        List.of(weights, substitutions), () -> new WeightTable(rows, stood, synthetic));
  }

  private static WeightRow row(List<String> columns) {
    if (columns.size() != COLUMNS && columns.size() != COLUMNS + 1) {
      throw new IllegalArgumentException("a row has 17 columns, or 18 with an exception");
    }

    return new WeightRow(
        Integer.parseInt(new SortCode(columns.get(0)).digits()),
        Integer.parseInt(new SortCode(columns.get(1)).digits()),
        method(columns.get(2)),
        columns.subList(3, COLUMNS).stream().map(WeightTable::weight).toList(),
        columns.size() == COLUMNS ? 0 : exception(columns.get(COLUMNS)));
  }

  private static Method method(String text) {
    return Stream.of(Method.values())
        .filter(method -> method.name().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a method is MOD10, MOD11 or DBLAL"));
  }

  private static Integer weight(String text) {
    if (!WEIGHT.matcher(text).matches()) {
      throw new IllegalArgumentException("a weight is a whole number from -999 to 999");
    }
    return Integer.valueOf(text);
  }

  private static int exception(String text) {
    if (!EXCEPTION.matcher(text).matches()) {
      throw new IllegalArgumentException("exceptions are numbered 1 to 14");
    }
    return Integer.parseInt(text);
  }

  /// As many ranges as ever meet do so where one of them begins, so only beginnings are looked at:
  /// that of the new row, and those that it covers.
  private static void add(WeightRow added, List<WeightRow> rows) {
    var beginnings =
        Stream.concat(Stream.of(added), rows.stream().filter(row -> added.covers(row.from())));
    var crowded =
        beginnings
            .map(WeightRow::from)
            .filter(from -> covering(from, rows.stream()).limit(MOST_PASSES).count() == MOST_PASSES)
            .findFirst();
    if (crowded.isPresent()) {
      throw new IllegalArgumentException(
          "it is the third row for sort code %06d, which has two at most".formatted(crowded.get()));
    }
    rows.add(added);
  }

  private static void add(List<String> columns, Map<String, String> substitutions) {
    if (columns.size() != 2) {
      throw new IllegalArgumentException("a substitution is two sort codes");
    }

    var sortCode = new SortCode(columns.get(0)).digits();
    var known = substitutions.putIfAbsent(sortCode, new SortCode(columns.get(1)).digits());
    if (known != null) {
      throw new IllegalArgumentException("a line before it stands in for the same sort code");
    }
  }

  private static TableFile resource(String name) {
    try (var stream = WeightTable.class.getResourceAsStream(name)) {
      if (stream == null) throw new IllegalStateException("the jar lacks " + name);
      return TableFile.of(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
