package dev.keyreeve.platform.postgres;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL for all tests of a JVM, started at first use, of which each test takes a database
/// of its own. Roles are common to all of these databases.
///
/// It does not outlive the JVM, however that ends: a shell reads from a pipe that the JVM holds,
/// and when the pipe closes, it stops PostgreSQL and removes the files. Nothing here needs to
/// survive, so nothing is forced to disk.
public final class TestPostgres {
  private static final Map<String, String> THROW_AWAY =
      Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

  private static final String WATCHDOG =
      """
      trap '' INT TERM HUP
      cat > /dev/null
      lock="$1/postgresql/cluster/postmaster.pid"
      pid=$(head -n 1 "$lock") && kill -QUIT "$pid"
      while test -e "$lock" && kill -0 "$pid"; do sleep 0.05; done
      rm -rf "$1"
      """;

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /// An empty database, and the role that owns it.
  public record Database(String jdbcUrl, String user, Secret password) {

    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password.reveal());
    }

    /// For tests that have to see every row, whatever row-level security says.
    public Connection connectAsSuperuser() throws SQLException {
      return Server.STARTED.superuserConnection(jdbcUrl);
    }
  }

  /// Creates a database that nobody else uses.
  public static Database freshDatabase() {
    var server = Server.STARTED;
    var name = "test_" + DATABASES.incrementAndGet();
    try (var connection = server.superuserConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " OWNER " + server.user());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Database(server.jdbcUrlOf(name), server.user(), server.password());
  }

  private static final class Server {
    static final EmbeddedPostgres STARTED = start();

    private static EmbeddedPostgres start() {
      try {
        var path = Files.createTempDirectory("keyreeve-test-");
        watch(path);
        return EmbeddedPostgres.start(DataDirectory.open(path), _ -> {}, THROW_AWAY);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void watch(Path directory) throws IOException {
      new ProcessBuilder("sh", "-c", WATCHDOG, "watchdog", directory.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    }
  }
}
