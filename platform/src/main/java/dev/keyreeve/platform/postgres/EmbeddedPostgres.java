package dev.keyreeve.platform.postgres;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.database.Database;
import dev.keyreeve.platform.datadirectory.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running PostgreSQL of our own, with one database and one role to use it.
///
/// It writes through to disk before it acknowledges a commit. A server that dies leaves it running;
/// the next start stops it and starts it anew on the same files. Nothing that was stored is ever
/// deleted to get it up.
public final class EmbeddedPostgres implements AutoCloseable {
  /// The database, and the role that owns it. The role may create other roles; it is no superuser.
  private static final String KEYREEVE = "keyreeve";

  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private final Cluster cluster;
  private final int port;
  private final Secret superuserPassword;
  private final Secret password;

  private EmbeddedPostgres(Cluster cluster, int port, Secret superuserPassword, Secret password) {
    this.cluster = cluster;
    this.port = port;
    this.superuserPassword = superuserPassword;
    this.password = password;
  }

  /// Where the PostgreSQL in a data directory was started last, for its owner: as the superuser,
  /// whose password is in a file there. It may have stopped since; null if there is none.
  public static Database.@Nullable Location lastStarted(Path dataDirectory) {
    var root = dataDirectory.resolve("postgresql");
    try {
      // The fourth line of its lock file is the port.
      var lock = Files.readAllLines(root.resolve("cluster/postmaster.pid"));
      var password = Secret.of(Files.readString(root.resolve("superuser-password")).strip());
      return new Database.Location(
          jdbcUrl(Integer.parseInt(lock.get(3).strip()), KEYREEVE), Cluster.SUPERUSER, password);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  /// Unpacks and initialises what is missing, and starts PostgreSQL on a free port of the loopback
  /// address.
  ///
  /// @param progress is told, in short sentences for a person, what is going on
  /// @throws PostgresStartException if it cannot be started
  public static EmbeddedPostgres start(DataDirectory directory, Consumer<String> progress) {
    return start(directory, progress, DURABLE);
  }

  static EmbeddedPostgres start(
      DataDirectory directory, Consumer<String> progress, Map<String, String> settings) {
    try {
      var root = directory.subdirectory("postgresql");
      var logs = directory.subdirectory("postgresql/log");
      var unfinished = Unfinished.swept(directory.subdirectory("postgresql/unfinished"));
      var binaries = new Binaries(directory.subdirectory("postgresql/programs"));
      binaries.unpackOnce(unfinished, progress);
      var superuserPassword = KeptPassword.in(root.resolve("superuser-password"), unfinished);
      var cluster = new Cluster(root.resolve("cluster"), logs, new Programs(binaries.home(), logs));
      cluster.initialiseOnce(unfinished, superuserPassword, progress);

      var port = cluster.start(settings, progress);
      var postgres =
          new EmbeddedPostgres(cluster, port, superuserPassword.secret(), KeptPassword.generate());
      try {
        postgres.provision();
        binaries.removeOthers(unfinished);
        return postgres;
      } catch (SQLException | IOException | RuntimeException e) {
        cluster.stop();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw new PostgresStartException(
          "The database in " + directory.path() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// The role's password is new at every start and kept nowhere.
  private void provision() throws SQLException {
    try (var connection = superuserConnection();
        var statement = connection.createStatement()) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?")) {
        statement.execute("CREATE ROLE keyreeve LOGIN CREATEROLE");
      }
      // A generated password holds no quote, and PostgreSQL keeps only a SCRAM verifier of it.
      statement.execute("ALTER ROLE keyreeve PASSWORD '" + password.reveal() + "'");
      // The detail of an error quotes values of rows, which the log must not hold.
      statement.execute("ALTER ROLE keyreeve SET log_error_verbosity = terse");
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?")) {
        statement.execute("CREATE DATABASE keyreeve OWNER keyreeve");
      }
    }
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, KEYREEVE);
      return statement.executeQuery().next();
    }
  }

  Connection superuserConnection() throws SQLException {
    return superuserConnection(jdbcUrlOf("postgres"));
  }

  Connection superuserConnection(String jdbcUrl) throws SQLException {
    return DriverManager.getConnection(jdbcUrl, Cluster.SUPERUSER, superuserPassword.reveal());
  }

  String jdbcUrlOf(String database) {
    return jdbcUrl(port, database);
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String jdbcUrl() {
    return jdbcUrlOf(KEYREEVE);
  }

  public String user() {
    return KEYREEVE;
  }

  public Secret password() {
    return password;
  }

  public int port() {
    return port;
  }

  /// Ends all connections and stops PostgreSQL; takes at most 50 seconds.
  @Override
  public void close() {
    cluster.stop();
  }
}
