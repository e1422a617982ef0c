package dev.keyreeve.procedure.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Which fields of an answer people are shown, and under which headings.
public record Table(List<Column> columns) {
  /// @param heading in capitals
  /// @param field of a row
  public record Column(String heading, String field) {}

  public Table {
    columns = List.copyOf(columns);
  }

  public static Table of(Column... columns) {
    return new Table(List.of(columns));
  }

  public static Column column(String heading, String field) {
    return new Column(heading, field);
  }

  /// This one with more at its end.
  public Table and(Column... more) {
    return new Table(Stream.concat(columns.stream(), Stream.of(more)).toList());
  }

  /// A line for each row of a list, or for the one thing that is no list.
  public void rows(JsonNode rows, PrintWriter out) {
    var lines = new ArrayList<List<String>>();
    lines.add(columns.stream().map(Column::heading).toList());
    for (var row : rows.isArray() ? rows : List.of(rows)) {
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
  public void facts(JsonNode thing, PrintWriter out) {
    var facts =
        columns.stream().filter(column -> !text(thing.path(column.field())).isEmpty()).toList();
    int width = facts.stream().mapToInt(fact -> fact.heading().length()).max().orElse(0);
    for (var fact : facts) {
      var heading = fact.heading();
      out.println(
          heading + " ".repeat(width - heading.length() + 2) + text(thing.path(fact.field())));
    }
  }

  /// The text of a value; that of a list is its words.
  public static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(" "))
        : value.asText();
  }
}
