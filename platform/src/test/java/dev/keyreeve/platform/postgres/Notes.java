package dev.keyreeve.platform.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A table to find again after a stop or a kill.
final class Notes {
  private Notes() {}

  static void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS note (text text)");
    }
  }

  static void add(Connection connection, String text) throws SQLException {
    try (var statement = connection.prepareStatement("INSERT INTO note (text) VALUES (?)")) {
      statement.setString(1, text);
      statement.executeUpdate();
    }
  }

  static List<String> all(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT text FROM note ORDER BY text")) {
      var notes = new ArrayList<String>();
      while (rows.next()) notes.add(rows.getString(1));
      return notes;
    }
  }
}
