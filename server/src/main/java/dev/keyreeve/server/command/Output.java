package dev.keyreeve.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How an answer is shown.
enum Output {
  /// For programs: the answer as the server gave it.
  JSON,
  /// For people.
  TABLE;

  private static final JsonMapper json = new JsonMapper();

  /// A column: its heading, and the field of a row that stands in it.
  record Column(String heading, String field) {}

  static void print(JsonNode value, PrintWriter out) {
    try {
      out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static void print(JsonNode rows, List<Column> columns, PrintWriter out) {
    var lines = new ArrayList<List<String>>();
    lines.add(columns.stream().map(Column::heading).toList());
    for (var row : rows) {
      lines.add(columns.stream().map(column -> text(row.path(column.field()))).toList());
    }
    for (var line : lines) {
      var text = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
        text.append(line.get(i)).repeat(' ', width - line.get(i).length() + 2);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /// One thing, a line for each fact that there is.
  static void print(JsonNode row, List<Column> columns, List<Column> more, PrintWriter out) {
    var facts =
        Stream.concat(columns.stream(), more.stream())
            .filter(column -> !text(row.path(column.field())).isEmpty())
            .toList();
    int width = facts.stream().mapToInt(fact -> fact.heading().length()).max().orElse(0);
    for (var fact : facts) {
      var heading = fact.heading();
      out.println(
          heading + " ".repeat(width - heading.length() + 2) + text(row.path(fact.field())));
    }
  }

  private static String text(JsonNode value) {
    return value.isArray() ? OperatorClient.words(value) : value.asText();
  }
}
