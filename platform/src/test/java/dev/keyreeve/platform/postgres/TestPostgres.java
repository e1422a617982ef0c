package dev.keyreeve.platform.postgres;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.database.Database.Location;
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
/// Most tests want a database with the schema, and to copy one takes a tenth of migrating one. So a
/// single template is opened as a server would open it, and the others are its copies, in which the
/// next open finds nothing left to do.
///
/// It does not outlive the JVM, however that ends: a shell reads from a pipe that the JVM holds,
/// and when the pipe closes, it stops PostgreSQL and removes the files. Nothing here needs to
/// survive, so nothing is forced to disk.
public final class TestPostgres {
  /// Tests open many connections, some of them side by side, and each proves a password.
  private static final Map<String, String> THROW_AWAY =
      Map.of(
          "fsync", "off",
          "synchronous_commit", "off",
          "full_page_writes", "off",
          "max_connections", "200",
          "scram_iterations", "1");

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

  /// A database that nobody else uses, and the role that owns it.
  public record Database(String jdbcUrl, String user, Secret password) {

    public Location location() {
      return new Location(jdbcUrl, user, password);
    }

    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password.reveal());
    }

    /// For tests that have to see every row, whatever row-level security says.
    public Connection connectAsSuperuser() throws SQLException {
      return Server.STARTED.postgres().superuserConnection(jdbcUrl);
    }
  }

  /// A new database with nothing in it.
  public static Database freshDatabase() {
    return Server.STARTED.create("template1");
  }

  /// A new database with the schema of all modules on the class path.
  public static Database migratedDatabase() {
    return Server.STARTED.create(Server.MIGRATED);
  }

  private record Server(EmbeddedPostgres postgres) {
    static final String MIGRATED = "test_template";
    static final Server STARTED = start();

    /// The template comes before all else: a migration makes a role where there is none, which only
    /// one of several may try at once.
    private static Server start() {
      try {
        var path = Files.createTempDirectory("keyreeve-test-");
        watch(path);
        var started =
            new Server(EmbeddedPostgres.start(DataDirectory.open(path), _ -> {}, THROW_AWAY));
        var template = started.create(MIGRATED, "template1");
        dev.keyreeve.platform.database.Database.open(template.location()).close();
        return started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Database create(String template) {
      return create("test_" + DATABASES.incrementAndGet(), template);
    }

    private Database create(String name, String template) {
      try (var connection = postgres.superuserConnection();
          var statement = connection.createStatement()) {
        statement.execute(
            "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + postgres.user());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return new Database(postgres.jdbcUrlOf(name), postgres.user(), postgres.password());
    }

    private static void watch(Path directory) throws IOException {
      new ProcessBuilder("sh", "-c", WATCHDOG, "watchdog", directory.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    }
  }
}
