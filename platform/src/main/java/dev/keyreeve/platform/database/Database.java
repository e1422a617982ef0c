package dev.keyreeve.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.procedure.Unavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.postgresql.PGProperty;

/// An open, migrated database.
public final class Database implements AutoCloseable {
  /// How many calls can be in a transaction at once; more wait their turn.
  public static final int CONNECTIONS = 16;

  /// Longest wait for one answer of PostgreSQL; a connection on which it is exceeded is given up.
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /// Longest wait for a connection, from the pool or new.
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Location location;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /// Where a database is, and as whom to open it: the role that owns the schema.
  public record Location(String jdbcUrl, String user, Secret password) {}

  /// How the connections for calls are used at a moment.
  ///
  /// @param active in use
  /// @param idle open and free
  /// @param waiting calls that wait for one
  public record Pool(int active, int idle, int waiting) {}

  private Database(Location location, HikariDataSource pool) {
    this.location = location;
    this.pool = pool;
    this.jdbi = Jdbi.create(() -> connection(pool));
    // Messages end up in logs, where nobody's values belong.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
  }

  /// Opens the database and brings its schema to this version.
  ///
  /// @throws IllegalStateException if it cannot be reached, in a sentence for who starts the server
  /// @throws org.flywaydb.core.api.FlywayException if it cannot be migrated
  public static Database open(Location location) {
    try {
      connect(location).close();
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be used: " + e.getMessage(), e);
    }
    migrations(location).migrate();
    var config = new HikariConfig();
    config.setPoolName("keyreeve");
    config.setJdbcUrl(location.jdbcUrl());
    config.setDataSourceProperties(properties(location));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECT.toMillis());
    return new Database(location, new HikariDataSource(config));
  }

  private static Flyway migrations(Location location) {
    return Flyway.configure()
        .dataSource(location.jdbcUrl(), location.user(), location.password().reveal())
        .locations("classpath:db/migration")
        .validateMigrationNaming(true)
        .load();
  }

  /// A database as it is found, without a change to it.
  ///
  /// @param version PostgreSQL's major version
  /// @param applied migrations that it has
  /// @param pending migrations that the next start brings
  /// @param foreign migrations that this version of Keyreeve does not know
  /// @param skew how far its clock is ahead of this machine's, at the least; negative if behind
  public record Condition(int version, int applied, int pending, int foreign, Duration skew) {}

  /// @throws SQLException if it cannot be reached
  /// @throws org.flywaydb.core.api.FlywayException if its migrations cannot be read
  public static Condition inspect(Location location) throws SQLException {
    try (var connection = connect(location)) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      var skew = skew(connection);
      var migrations = migrations(location).info();
      int foreign =
          (int)
              Stream.of(migrations.applied())
                  .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                  .count();
      return new Condition(
          version, migrations.applied().length, migrations.pending().length, foreign, skew);
    }
  }

  /// Reads something without opening the database: in one transaction that cannot change it.
  ///
  /// @throws SQLException if it cannot be reached
  public static <T> T read(Location location, Function<Handle, T> work) throws SQLException {
    try (var connection = connect(location);
        var handle = Jdbi.open(connection)) {
      handle.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
      handle.setReadOnly(true);
      return handle.inTransaction(work::apply);
    }
  }

  /// The database's time lies between asking and hearing, or the clocks differ.
  private static Duration skew(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select clock_timestamp()")) {
      var asked = Instant.now();
      try (var row = statement.executeQuery()) {
        row.next();
        var told = row.getObject(1, OffsetDateTime.class).toInstant();
        var heard = Instant.now();
        if (told.isBefore(asked)) return Duration.between(asked, told);
        return told.isAfter(heard) ? Duration.between(heard, told) : Duration.ZERO;
      }
    }
  }

  private static Connection connection(HikariDataSource pool) {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new Unavailable("the database", e);
    }
  }

  /// Its callers meet an [Unavailable] where no connection can be had.
  public Jdbi jdbi() {
    return jdbi;
  }

  /// The pool, for a library that brings its own statements.
  public DataSource dataSource() {
    return pool;
  }

  /// A connection of its own, outside the pool, for what stays open: it commits each statement.
  public Connection connect() throws SQLException {
    return connect(location);
  }

  private static Connection connect(Location location) throws SQLException {
    return DriverManager.getConnection(location.jdbcUrl(), properties(location));
  }

  private static Properties properties(Location location) {
    var properties = new Properties();
    PGProperty.USER.set(properties, location.user());
    PGProperty.PASSWORD.set(properties, location.password().reveal());
    PGProperty.LOGIN_TIMEOUT.set(properties, (int) CONNECT.toSeconds());
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) ANSWER.toSeconds());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    // The detail of an error quotes values of rows.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return properties;
  }

  public Pool pool() {
    var state = pool.getHikariPoolMXBean();
    return new Pool(
        state.getActiveConnections(),
        state.getIdleConnections(),
        state.getThreadsAwaitingConnection());
  }

  @Override
  public void close() {
    pool.close();
  }
}
