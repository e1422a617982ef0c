package dev.keyreeve.platform.fieldkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.cipher.FieldKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which keys the servers of one database have, and which one seals.
class KnownFieldKeysTest {
  @TempDir private Path folder;
  private TestPlatform platform;
  private Jdbi jdbi;
  private Path file;

  @BeforeEach
  void start() {
    platform = TestPlatform.start();
    jdbi = platform.database().jdbi();
    file = folder.resolve("field-keys");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void stopTheStartWithAFileOfOtherKeys() throws IOException {
    open(FieldKeys.loadOrCreate(file)).close();
    var other = folder.resolve("other");
    FieldKeys.loadOrCreate(other);

    assertThatThrownBy(() -> open(FieldKeys.loadOrCreate(other)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The fingerprint key is not the one that this database knows");

    var mixed = Files.readAllLines(other);
    mixed.removeIf(line -> line.startsWith("fingerprint"));
    mixed.add(Files.readAllLines(file).getLast());
    Files.write(other, mixed);
    assertThatThrownBy(() -> open(FieldKeys.loadOrCreate(other)))
        .hasMessageStartingWith("The field key 1 is not the one that this database knows");
  }

  @Test
  void bringANewKeyIntoUseOnlyWhenEveryServerHasIt() {
    var old = FieldKeys.loadOrCreate(file);
    var laggard = open(old);
    FieldKeys.add(file);
    var both = FieldKeys.loadOrCreate(file);

    var node = open(both);
    assertThat(both.sealingId()).isEqualTo(1);
    node.keepUp(TestPlatform.START);
    assertThat(both.sealingId()).isEqualTo(1);

    laggard.close();
    node.keepUp(TestPlatform.START);
    assertThat(both.sealingId()).isEqualTo(2);
    node.close();
  }

  @Test
  void doNotWaitForAServerThatWasKilled() {
    open(FieldKeys.loadOrCreate(file));
    FieldKeys.add(file);
    var both = FieldKeys.loadOrCreate(file);
    var node = open(both);
    assertThat(both.sealingId()).isEqualTo(1);

    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update field_key_node set seen_at = seen_at - interval '61 seconds'
                where not key_ids @> '{2}'
                """));
    node.keepUp(TestPlatform.START);

    assertThat(both.sealingId()).isEqualTo(2);
    node.close();
  }

  @Test
  void letEveryOtherServerTurnToTheKeyThatOneTookIntoUse() {
    FieldKeys.loadOrCreate(file);
    FieldKeys.add(file);
    var first = FieldKeys.loadOrCreate(file);
    var second = FieldKeys.loadOrCreate(file);
    var one = open(first);
    var other = open(second);
    FieldKeys.add(file);
    one.close();
    other.close();

    var third = FieldKeys.loadOrCreate(file);
    var fourth = FieldKeys.loadOrCreate(file);
    var three = open(third);
    var four = open(fourth);
    four.keepUp(TestPlatform.START);
    three.keepUp(TestPlatform.START);

    assertThat(third.sealingId()).isEqualTo(3);
    assertThat(fourth.sealingId()).isEqualTo(3);
    three.close();
    four.close();
  }

  @Test
  void stopTheStartOfAServerThatLacksTheKeyInUse() throws IOException {
    FieldKeys.loadOrCreate(file);
    var copy = Files.readString(file);
    FieldKeys.add(file);
    open(FieldKeys.loadOrCreate(file)).close();
    Files.writeString(file, copy);

    assertThatThrownBy(() -> open(FieldKeys.loadOrCreate(file)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("are being sealed with field key 2, which this server does not have");
  }

  @Test
  void addAKeyAfterTheNewestUpToTheLast() throws IOException {
    FieldKeys.loadOrCreate(file);

    assertThat(FieldKeys.add(file)).isEqualTo(2);
    assertThat(FieldKeys.loadOrCreate(file).ids()).containsExactly(1, 2);
    Files.writeString(file, Files.readString(file).replace("cipher 2", "cipher 255"));
    assertThatThrownBy(() -> FieldKeys.add(file)).hasMessageContaining("has key 255");
  }

  private KnownFieldKeys open(FieldKeys keys) {
    return KnownFieldKeys.open(jdbi, keys, List.of(), TestPlatform.START);
  }
}
