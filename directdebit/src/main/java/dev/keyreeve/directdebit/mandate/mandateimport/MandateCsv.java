package dev.keyreeve.directdebit.mandate.mandateimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvReadException;
import dev.keyreeve.directdebit.mandate.NewMandates;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Issue;
import dev.keyreeve.procedure.shape.PlainText;
import dev.keyreeve.procedure.shape.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Comma-separated mandates (RFC 4180). The first line names the columns: each is the path of a
/// field of `mandates.create`, such as `payer.name`, or `metadata.` and a name. An empty cell is a
/// field that is left out.
///
/// Spreadsheets write such files, so what they add is passed over: a byte order mark, rows of empty
/// cells, and columns without a heading whose cells are empty. Headings and cells are read as
/// [PlainText].
final class MandateCsv {
  /// The most mandates that one file may have.
  static final int MAX_ROWS = 5_000;

  private static final int MAX_ISSUES = 50;
  private static final int MAX_SHOWN = 40;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~\\p{L}\\p{M}\\p{N}]");
  private static final Pattern NUMBER = Pattern.compile("\\p{N}[\\p{N} -]{2,}");

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final String IDEMPOTENCY_KEY = "idempotencyKey";

  private static final ObjectReader reader =
      new CsvMapper()
          .readerFor(String[].class)
          .with(CsvParser.Feature.WRAP_AS_ARRAY)
          .with(CsvParser.Feature.TRIM_SPACES);

  private static final Map<String, Form> COLUMNS = new LinkedHashMap<>();
  private static final List<String> REQUIRED = new ArrayList<>();

  static {
    collect("", NewMandates.form(), true);
  }

  private MandateCsv() {}

  sealed interface Read {}

  /// @param rows those that say something, in the order of the file
  record Rows(List<Row> rows) implements Read {}

  /// @param number counts from 1 under the header, rows of empty cells included
  /// @param mandate what the row says; whether it can be is not known yet
  record Row(int number, ObjectNode mandate) {}

  /// The file has no meaning as a whole.
  record Faulty(List<Issue> issues) implements Read {}

  static Read read(String file) {
    var text = PlainText.withoutByteOrderMark(file);
    var separators = separatorsInPlaceOfCommas(text);
    if (separators != null) return faulty("wrong_separator", oneColumnWith(separators));

    try (MappingIterator<String[]> lines = reader.readValues(text)) {
      var header = header(lines);
      if (header == null) return faulty("empty", "The file has no header.");

      var issues = check(header);
      return issues.isEmpty() ? rows(header, lines) : new Faulty(issues);
    } catch (JsonProcessingException | RuntimeException e) {
      if (isUnreadable(e)) return faulty("bad_format", "This is not CSV.");
      throw e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What stands between the headings instead of commas, if they are one column; null if commas do.
  /// It is asked of the text, because a file of quoted cells with other separators is no CSV.
  private static @Nullable String separatorsInPlaceOfCommas(String text) {
    var headings = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    var columns = Stream.of(headings.split(",", -1)).filter(each -> !each.isBlank()).toList();
    if (columns.size() != 1) return null;

    var column = columns.getFirst().strip();
    if (column.indexOf(';') >= 0) return "semicolons";
    return column.indexOf('\t') >= 0 ? "tabs" : null;
  }

  private static String oneColumnWith(String separators) {
    return "The header is one column that holds "
        + separators
        + ". Save the file with commas between its cells, as the separator of fields.";
  }

  /// The headings; null if the file says nothing.
  private static @Nullable List<String> header(MappingIterator<String[]> lines) {
    while (lines.hasNext()) {
      var header = plain(lines.next());
      if (!isBlank(header)) return header;
    }
    return null;
  }

  private static Read rows(List<String> header, MappingIterator<String[]> lines) {
    var rows = new ArrayList<Row>();
    for (int number = 1; lines.hasNext(); number++) {
      var cells = plain(lines.next());
      if (isBlank(cells)) continue;

      if (rows.size() == MAX_ROWS) {
        return faulty("too_many", "A file has at most " + MAX_ROWS + " rows.");
      }
      var stray = strayCell(number, header, cells);
      if (stray != null) return new Faulty(List.of(stray));

      rows.add(new Row(number, row(header, cells)));
    }
    return rows.isEmpty() ? faulty("empty", "The file has no rows.") : new Rows(rows);
  }

  /// What is wrong with a cell that stands under no heading; null if there is none.
  private static @Nullable Issue strayCell(int number, List<String> header, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).isEmpty()) continue;

      if (i >= header.size()) {
        return issue("too_many", "Row " + number + " has more cells than the header.");
      }
      if (header.get(i).isEmpty()) {
        var column = "Column " + (i + 1) + " has no heading";
        return issue("unknown_column", column + ", and yet row " + number + " has a cell there.");
      }
    }
    return null;
  }

  private static Faulty faulty(String code, String message) {
    return new Faulty(List.of(issue(code, message)));
  }

  private static List<String> plain(String[] cells) {
    return Stream.of(cells).map(cell -> PlainText.of(cell.strip())).toList();
  }

  private static boolean isUnreadable(@Nullable Throwable failure) {
    return failure instanceof CsvReadException
        || failure instanceof JsonProcessingException
        || (failure != null && failure.getCause() instanceof JsonProcessingException);
  }

  private static List<Issue> check(List<String> header) {
    var issues = new ArrayList<Issue>();
    var seen = new HashSet<String>();
    for (int i = 0; i < header.size() && issues.size() < MAX_ISSUES; i++) {
      var heading = header.get(i);
      if (heading.isEmpty()) continue;

      if (formOf(heading) == null) {
        issues.add(issue("unknown_column", unknown(i + 1, heading)));
      } else if (!seen.add(heading)) {
        issues.add(
            issue("repeated_column", "Column " + (i + 1) + ", " + shown(heading) + ", repeats."));
      }
    }
    for (var required : REQUIRED) {
      if (!seen.contains(required)) {
        issues.add(issue("required", "The column " + required + " is missing."));
      }
    }
    return issues;
  }

  private static String unknown(int column, String heading) {
    var nearest = Spelling.nearest(clipped(heading), COLUMNS.keySet());
    return "Column "
        + column
        + ", "
        + shown(heading)
        + ", is no field of a mandate"
        + (nearest == null ? "." : "; did you mean " + nearest + "?");
  }

  /// A heading as an answer may repeat it. In a file without a header it is a cell, so numbers are
  /// left out: one could be that of an account.
  private static String shown(String heading) {
    var printable = UNPRINTABLE.matcher(clipped(heading)).replaceAll("?");
    var ending = heading.length() > MAX_SHOWN ? "…" : "";
    return "\"" + NUMBER.matcher(printable).replaceAll("…") + ending + "\"";
  }

  private static String clipped(String heading) {
    return heading.substring(0, Math.min(heading.length(), MAX_SHOWN));
  }

  private static Issue issue(String code, String message) {
    return new Issue("csv", code, message);
  }

  private static boolean isBlank(List<String> cells) {
    return cells.stream().allMatch(String::isEmpty);
  }

  private static ObjectNode row(List<String> header, List<String> cells) {
    var row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) put(row, header.get(i), cells.get(i));
    }
    return row;
  }

  private static void put(ObjectNode row, String column, String cell) {
    var object = row;
    var path = column;
    // Names of metadata may have dots of their own.
    for (int dot; (dot = path.indexOf('.')) >= 0 && !isInMap(column, path); ) {
      object = object.withObjectProperty(path.substring(0, dot));
      path = path.substring(dot + 1);
    }
    var form = formOf(column);
    if (form instanceof Form.IntegerForm && INTEGER.matcher(cell).matches()) {
      object.put(path, Long.parseLong(cell));
    } else if (form instanceof Form.BooleanForm && (cell.equals("true") || cell.equals("false"))) {
      object.put(path, cell.equals("true"));
    } else {
      object.put(path, cell);
    }
  }

  private static boolean isInMap(String column, String rest) {
    var above = column.length() - rest.length() - 1;
    return above > 0 && COLUMNS.get(column.substring(0, above)) instanceof Form.MapForm;
  }

  private static @Nullable Form formOf(String column) {
    var form = COLUMNS.get(column);
    if (form != null) return form instanceof Form.MapForm ? null : form;

    for (int dot = column.indexOf('.'); dot > 0; dot = column.indexOf('.', dot + 1)) {
      var above = COLUMNS.get(column.substring(0, dot));
      if (above instanceof Form.MapForm map && dot < column.length() - 1) return map.value();
    }
    return null;
  }

  private static void collect(String prefix, Form.RecordForm form, boolean required) {
    for (var field : form.fields()) {
      var path = prefix + field.name();
      boolean isNeeded = required && field.required();
      switch (field.form()) {
        case Form.RecordForm record -> collect(path + ".", record, isNeeded);
        // A cell has no way to say these.
        case Form.ListForm _, Form.ClearableForm _, Form.ContentForm _ -> {}
        case Form.TextForm _,
            Form.ValueForm _,
            Form.IntegerForm _,
            Form.BooleanForm _,
            Form.DateForm _,
            Form.TimestampForm _,
            Form.ChoiceForm _,
            Form.MapForm _ -> {
          if (path.equals(IDEMPOTENCY_KEY)) continue;
          COLUMNS.put(path, field.form());
          if (isNeeded) REQUIRED.add(path);
        }
      }
    }
  }
}
