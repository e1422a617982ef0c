package dev.keyreeve.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPostgresTest {
  @Test
  void givesEachTestADatabaseOfItsOwn() throws Exception {
    try (var one = TestPostgres.freshDatabase().connect();
        var other = TestPostgres.freshDatabase().connect()) {
      Notes.create(one);
      Notes.create(other);

      Notes.add(one, "kept apart");

      assertThat(Notes.all(other)).isEmpty();
    }
  }

  @Test
  void givesADatabaseThatIsMigratedAlready() throws Exception {
    var empty = TestPostgres.freshDatabase().location();
    var migrated = TestPostgres.migratedDatabase().location();

    assertThat(Database.inspect(empty).applied()).isZero();
    assertThat(Database.inspect(migrated).pending()).isZero();
    assertThat(Database.inspect(migrated).applied()).isEqualTo(Database.inspect(empty).pending());
  }

  @Test
  void givesEachTestItsOwnCopyOfTheMigratedDatabase() throws Exception {
    try (var one = TestPostgres.migratedDatabase().connect();
        var other = TestPostgres.migratedDatabase().connect()) {
      Notes.create(one);
      Notes.create(other);

      Notes.add(one, "kept apart");

      assertThat(Notes.all(other)).isEmpty();
    }
  }

  @Test
  void leavesNothingOfTestsThatAreKilled(@TempDir Path temporary) throws Exception {
    try (var tests = JavaProcess.start("-Djava.io.tmpdir=" + temporary, Tests.class.getName())) {
      tests.await("ready");
    }

    assertThat(isSoonEmpty(temporary)).isTrue();
  }

  private static boolean isSoonEmpty(Path directory) throws IOException {
    var deadline = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(deadline)) {
      try (var entries = Files.list(directory)) {
        if (entries.findAny().isEmpty()) return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /// Tests that never end by themselves.
  static final class Tests {
    private Tests() {}

    public static void main(String[] arguments) throws Exception {
      TestPostgres.freshDatabase().connect().close();
      System.out.println("ready");
      System.in.read();
    }
  }
}
