package dev.keyreeve.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.platform.datadirectory.DataDirectory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.function.Consumer;

/// A server reduced to its database: commits a row for each line it reads, and answers with the
/// line once the row is committed. The end of its input ends it in order. Its argument is the data
/// directory.
final class PostgresHolder {
  private PostgresHolder() {}

  public static void main(String[] arguments) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    Consumer<String> progress = System.err::println;
    try (var directory = DataDirectory.open(Path.of(arguments[0]));
        var postgres = EmbeddedPostgres.start(directory, progress);
        var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.user(), postgres.password().reveal())) {
      Notes.create(connection);
      for (String line; (line = input.readLine()) != null; ) {
        Notes.add(connection, line);
        System.out.println(line);
      }
    }
  }
}
