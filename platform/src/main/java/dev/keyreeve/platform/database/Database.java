package dev.keyreeve.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.keyreeve.access.credential.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/// An open, migrated database.
public final class Database implements AutoCloseable {
  /// How many calls can be in a transaction at once; more wait their turn.
  public static final int CONNECTIONS = 16;

  private final Location location;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /// Where a database is, and as whom to open it: the role that owns the schema.
  public record Location(String jdbcUrl, String user, Secret password) {}

  private Database(Location location, HikariDataSource pool) {
    this.location = location;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /// Opens the database and brings its schema to this version.
  ///
  /// @throws org.flywaydb.core.api.FlywayException if it cannot be migrated
  public static Database open(Location location) {
    Flyway.configure()
        .dataSource(location.jdbcUrl(), location.user(), location.password().reveal())
        .locations("classpath:db/migration")
        .validateMigrationNaming(true)
        .load()
        .migrate();
    var config = new HikariConfig();
    config.setPoolName("keyreeve");
    config.setJdbcUrl(location.jdbcUrl());
    config.setUsername(location.user());
    config.setPassword(location.password().reveal());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    return new Database(location, new HikariDataSource(config));
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /// A connection of its own, outside the pool, for what stays open: it commits each statement.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        location.jdbcUrl(), location.user(), location.password().reveal());
  }

  @Override
  public void close() {
    pool.close();
  }
}
