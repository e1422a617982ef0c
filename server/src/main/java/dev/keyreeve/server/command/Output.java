package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.command.Table;
import java.io.PrintWriter;

/// How an answer is shown.
enum Output {
  /// For programs: the answer as the server gave it.
  JSON,
  /// For people.
  TABLE;

  void show(JsonNode rows, Table table, PrintWriter out) {
    switch (this) {
      case JSON -> out.println(rows.toPrettyString());
      case TABLE -> table.rows(rows, out);
    }
  }
}
