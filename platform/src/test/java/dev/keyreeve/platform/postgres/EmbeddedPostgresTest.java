package dev.keyreeve.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.datadirectory.DataDirectory;
import dev.keyreeve.platform.datadirectory.DataDirectoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresTest {
  /// The life of one data directory, which the tests below open one after the other.
  @TempDir static Path shared;

  @Test
  void findsACommittedRowAfterAStopAndAStart() throws Exception {
    var note = aNote();
    try (var database = Running.in(shared)) {
      Notes.create(database.connection());
      Notes.add(database.connection(), note);
    }

    try (var database = Running.in(shared)) {
      assertThat(Notes.all(database.connection())).contains(note);
    }
  }

  @Test
  void findsEveryAcknowledgedRowAfterItsServerWasKilled() throws Exception {
    var notes = List.of(aNote(), aNote(), aNote());
    try (var server = JavaProcess.start(PostgresHolder.class.getName(), shared.toString())) {
      for (var note : notes) {
        server.send(note);
        server.await(note);
      }
      server.kill();
    }
    var leftBehind = postmaster(shared);
    assertThat(leftBehind.isAlive()).isTrue();

    try (var database = Running.in(shared)) {
      assertThat(Notes.all(database.connection())).containsAll(notes);
      assertThat(postmaster(shared).pid()).isNotEqualTo(leftBehind.pid());
    }
  }

  @Test
  void refusesASecondServerAndNamesTheFirst() throws Exception {
    try (var _ = DataDirectory.open(shared);
        var second = JavaProcess.start(PostgresHolder.class.getName(), shared.toString())) {
      assertThatThrownBy(() -> DataDirectory.open(shared))
          .isInstanceOf(DataDirectoryException.class);

      assertThat(second.outputToTheEnd())
          .contains("in use by another server (process " + ProcessHandle.current().pid() + ")");
    }
  }

  @Test
  void startsWhenTheProcessNumberOfADeadPostgresBelongsToAnotherProcess() throws Exception {
    var note = aNote();
    try (var server = JavaProcess.start(PostgresHolder.class.getName(), shared.toString())) {
      server.send(note);
      server.await(note);
      server.kill();
    }
    postmaster(shared).destroyForcibly();
    var stranger = new ProcessBuilder("cat").start();
    var lockFile = lockFile(shared);
    var lines = Files.readAllLines(lockFile);
    lines.set(0, Long.toString(stranger.pid()));
    Files.write(lockFile, lines);

    try (var database = Running.in(shared)) {
      assertThat(Notes.all(database.connection())).contains(note);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroy();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Unpacking", "Creating", "Starting"})
  void startsAfterAKillInTheMiddleOf(String step, @TempDir Path directory) throws Exception {
    try (var server = JavaProcess.start(PostgresHolder.class.getName(), directory.toString())) {
      server.await(step);
      server.kill();
    }

    try (var database = Running.in(directory)) {
      Notes.create(database.connection());
      assertThat(Notes.all(database.connection())).isEmpty();
    }
  }

  @Test
  void keepsThePostgresOfItsOwnVersionOnly() throws Exception {
    var other = Files.createDirectories(shared.resolve("postgresql/programs/18.0.0/bin"));

    Running.in(shared).close();

    assertThat(other.getParent()).doesNotExist();
    assertThat(shared.resolve("postgresql/unfinished")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
  void writesCommitsThroughToDiskWhateverTheFileSays(String setting) throws Exception {
    Running.in(shared).close();
    Files.writeString(
        shared.resolve("postgresql/cluster/postgresql.conf"),
        setting + " = off\n",
        StandardOpenOption.APPEND);

    try (var database = Running.in(shared)) {
      assertThat(show(database.connection(), setting)).isEqualTo("on");
    }
  }

  @Test
  void listensOnTheLoopbackAddressAlone() throws Exception {
    try (var database = Running.in(shared);
        var superuser = database.postgres().superuserConnection()) {
      assertThat(show(superuser, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(superuser, "unix_socket_directories")).isEmpty();
    }
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    try (var database = Running.in(shared)) {
      var postgres = database.postgres;

      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void keepsItsFilesForTheirOwnerAlone() throws Exception {
    Running.in(shared).close();

    assertThat(permissions("postgresql/superuser-password")).isEqualTo("rw-------");
    assertThat(permissions("postgresql")).isEqualTo("rwx------");
    assertThat(permissions("postgresql/cluster")).isEqualTo("rwx------");
    assertThat(permissions("postgresql/log")).isEqualTo("rwx------");
  }

  @Test
  void givesOutARoleThatOwnsItsDatabaseAndMayCreateRolesOnly() throws Exception {
    try (var database = Running.in(shared);
        var statement = database.connection().createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT r.rolsuper, r.rolbypassrls, r.rolcreatedb, r.rolcreaterole, d.datdba = r.oid
                FROM pg_roles r, pg_database d
                WHERE r.rolname = current_user AND d.datname = current_database()
                """)) {
      row.next();

      assertThat(row.getBoolean(1)).isFalse();
      assertThat(row.getBoolean(2)).isFalse();
      assertThat(row.getBoolean(3)).isFalse();
      assertThat(row.getBoolean(4)).isTrue();
      assertThat(row.getBoolean(5)).isTrue();
    }
  }

  @Test
  void saysWhyItDoesNotStartAndWhereTheLogIs() throws Exception {
    Running.in(shared).close();
    var version = shared.resolve("postgresql/cluster/PG_VERSION");
    Files.writeString(version, "15\n");

    try (var directory = DataDirectory.open(shared)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory, _ -> {}))
          .isInstanceOf(PostgresStartException.class)
          .hasMessageContaining(directory.path().resolve("postgresql/log").toString())
          .hasMessageContaining("initialized by PostgreSQL version 15");
    } finally {
      Files.writeString(version, "18\n");
    }
  }

  private static String aNote() {
    return UUID.randomUUID().toString();
  }

  private static Path lockFile(Path directory) {
    return directory.resolve("postgresql/cluster/postmaster.pid");
  }

  private static ProcessHandle postmaster(Path directory) throws IOException {
    var pid = Files.readAllLines(lockFile(directory)).getFirst();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static String permissions(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve(path)));
  }

  /// A data directory in use: locked, its PostgreSQL started, and one connection to it.
  private record Running(DataDirectory directory, EmbeddedPostgres postgres, Connection connection)
      implements AutoCloseable {

    static Running in(Path path) throws SQLException {
      var directory = DataDirectory.open(path);
      var postgres = EmbeddedPostgres.start(directory, _ -> {});
      var connection =
          DriverManager.getConnection(
              postgres.jdbcUrl(), postgres.user(), postgres.password().reveal());
      return new Running(directory, postgres, connection);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
      postgres.close();
      directory.close();
    }
  }
}
