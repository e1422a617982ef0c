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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Comma-separated mandates (RFC 4180). The first line names the columns: each is the path of a
/// field of `mandates.create`, such as `payer.name`, or `metadata.` and a name. An empty cell is a
/// field that is left out.
final class MandateCsv {
  /// The most mandates that one file may have.
  static final int MAX_ROWS = 5_000;

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

  /// @param mandates what each row says, in the order of rows; whether it can be is not known yet
  record Rows(List<ObjectNode> mandates) implements Read {}

  /// The file has no meaning as a whole.
  record Faulty(List<Issue> issues) implements Read {}

  static Read read(String text) {
    try (MappingIterator<String[]> lines = reader.readValues(text)) {
      if (!lines.hasNext()) return new Faulty(List.of(issue("empty", "The file has no header.")));

      var header = lines.next();
      var issues = check(header);
      var rows = new ArrayList<ObjectNode>();
      while (issues.isEmpty() && lines.hasNext()) {
        var cells = lines.next();
        if (isBlank(cells)) continue;

        if (rows.size() == MAX_ROWS) {
          issues.add(issue("too_many", "A file has at most " + MAX_ROWS + " rows."));
        } else if (cells.length > header.length) {
          issues.add(
              issue("too_many", "Row " + (rows.size() + 1) + " has more cells than the header."));
        } else {
          rows.add(row(header, cells));
        }
      }
      if (issues.isEmpty() && rows.isEmpty()) issues.add(issue("empty", "The file has no rows."));
      return issues.isEmpty() ? new Rows(rows) : new Faulty(issues);
    } catch (JsonProcessingException | RuntimeException e) {
      if (isUnreadable(e)) return new Faulty(List.of(issue("bad_format", "This is not CSV.")));
      throw e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isUnreadable(@Nullable Throwable failure) {
    return failure instanceof CsvReadException
        || failure instanceof JsonProcessingException
        || (failure != null && failure.getCause() instanceof JsonProcessingException);
  }

  private static List<Issue> check(String[] header) {
    var issues = new ArrayList<Issue>();
    var seen = new HashSet<String>();
    for (int i = 0; i < header.length; i++) {
      if (formOf(header[i]) == null) {
        issues.add(issue("unknown_column", "Column " + (i + 1) + " is no field of a mandate."));
      } else if (!seen.add(header[i])) {
        issues.add(issue("repeated_column", "Column " + (i + 1) + " is there twice."));
      }
    }
    for (var required : REQUIRED) {
      if (!seen.contains(required)) {
        issues.add(issue("required", "The column " + required + " is missing."));
      }
    }
    return issues;
  }

  private static Issue issue(String code, String message) {
    return new Issue("csv", code, message);
  }

  private static boolean isBlank(String[] cells) {
    return cells.length == 0 || (cells.length == 1 && cells[0].isEmpty());
  }

  private static ObjectNode row(String[] header, String[] cells) {
    var row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) put(row, header[i], cells[i]);
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
