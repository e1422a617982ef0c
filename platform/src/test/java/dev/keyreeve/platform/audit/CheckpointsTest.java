package dev.keyreeve.platform.audit;

import static dev.keyreeve.platform.audit.AuditWorld.CHAIN;
import static dev.keyreeve.platform.audit.AuditWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.audit.Flaw.Kind;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;

  @Test
  void signsANewChainAtOnceAndThenEachMinuteInWhichItGrows() {
    try (var world = new AuditWorld(folder)) {
      world.append(CHAIN, 1);
      assertThat(world.checkpoints.sign(world.now)).isEqualTo(1);

      world.append(CHAIN, 1);
      assertThat(world.checkpoints.sign(world.now)).isZero();
      world.now = world.now.plus(Duration.ofSeconds(60));
      assertThat(world.checkpoints.sign(world.now)).isEqualTo(1);
      world.now = world.now.plus(Duration.ofSeconds(60));
      assertThat(world.checkpoints.sign(world.now)).isZero();

      assertThat(world.verdict(CHAIN)).isEqualTo(new Verdict(CHAIN, 2, 2, null));
    }
  }

  @Test
  void signsAfterAThousandEntriesWhateverTheTime() {
    try (var world = new AuditWorld(folder)) {
      world.append(CHAIN, 1);
      world.checkpoints.sign(world.now);
      var then = world.now;

      world.append(CHAIN, 999);
      assertThat(world.checkpoints.sign(then)).isZero();
      world.append(CHAIN, 1);
      assertThat(world.checkpoints.sign(then)).isEqualTo(1);

      assertThat(world.verdict(CHAIN)).isEqualTo(new Verdict(CHAIN, 1001, 1001, null));
    }
  }

  @Test
  void signsNothingMoreOnceAChainDoesNotHold() {
    try (var world = new AuditWorld(folder)) {
      world.append(CHAIN, 10);
      world.append(OTHER, 10);
      world.sign();
      world.append(CHAIN, 10);
      world.append(OTHER, 10);
      world.tamper("update audit_entry set action = 'x' where chain = 'org_a' and seq = 15");
      world.now = world.now.plus(Checkpoints.AGE);

      assertThat(world.checkpoints.sign(world.now)).isEqualTo(1);

      assertThat(world.verdict(CHAIN).signed()).isEqualTo(10);
      assertThat(world.verdict(OTHER).signed()).isEqualTo(20);
    }
  }

  @Test
  void keepsTheNewestCopiesThroughARestart() throws Exception {
    var file = folder.resolve("audit-checkpoints");
    try (var world = new AuditWorld(folder)) {
      for (int i = 0; i < 3; i++) {
        world.append(CHAIN, 2);
        world.append(OTHER, 1);
        world.sign();
      }
      assertThat(Files.readAllLines(file)).hasSize(6);
      Files.writeString(file, "{\"type\":\"checkp", StandardOpenOption.APPEND);

      try (var reopened = CheckpointFile.open(file)) {
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Objects.requireNonNull(reopened.newest(CHAIN)).seq()).isEqualTo(6);
        assertThat(Objects.requireNonNull(reopened.newest(OTHER)).seq()).isEqualTo(3);
      }
    }
  }

  @Test
  void refusesCopiesThatCannotBeUnderstoodOrThatOthersCanRead() throws Exception {
    var file = folder.resolve("copies");
    OwnerOnlyFile.write(file, "nonsense\n");
    assertThatThrownBy(() -> CheckpointFile.open(file)).hasMessageContaining("Line 1 of");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> CheckpointFile.open(file)).hasMessageContaining("open to others");
  }

  @Test
  void copiesWhatAnotherNodeSigned(@TempDir Path second) throws Exception {
    try (var world = new AuditWorld(folder);
        var copies = CheckpointFile.open(second.resolve("audit-checkpoints"))) {
      world.append(CHAIN, 5);
      world.sign();

      new Checkpoints(world.database.jdbi(), world.key, copies).sign(world.now);

      assertThat(copies.newest(CHAIN)).isEqualTo(world.copies.newest(CHAIN));
    }
  }

  @Test
  void believesAnotherKeyOnlyWhereTheKeyFileSaysSo(@TempDir Path second) throws Exception {
    try (var world = new AuditWorld(folder)) {
      world.append(CHAIN, 5);
      world.sign();
      var file = second.resolve("audit-key");
      var own = CheckpointKey.loadOrCreate(file);
      try (var none = CheckpointFile.open(second.resolve("audit-checkpoints"))) {
        var stranger = new AuditTrail(world.database.jdbi(), own, none);
        assertThat(Objects.requireNonNull(stranger.verify(CHAIN).getFirst().flaw()).kind())
            .isEqualTo(Kind.BAD_CHECKPOINT);

        OwnerOnlyFile.write(
            file, Files.readString(file) + "believe " + world.key.publicKey() + "\n");
        var believing =
            new AuditTrail(world.database.jdbi(), CheckpointKey.loadOrCreate(file), none);
        assertThat(believing.verify(CHAIN)).containsExactly(new Verdict(CHAIN, 5, 5, null));
      }
    }
  }

  @Test
  void readsItsKeyFileBackAndRefusesABrokenOne() throws Exception {
    var file = folder.resolve("audit-key");
    var key = CheckpointKey.loadOrCreate(file);
    var text = Files.readString(file);

    assertThat(CheckpointKey.loadOrCreate(file).publicKey()).isEqualTo(key.publicKey());
    assertThat(key.toString()).matches("CheckpointKey\\[[0-9a-f]{16}]");

    var other = CheckpointKey.loadOrCreate(folder.resolve("other"));
    for (var broken :
        new String[] {
          "",
          "sign AAAA " + key.publicKey(),
          text.replace(key.publicKey(), other.publicKey()),
          text + "nonsense",
          text + text,
          text + "believe AAAA"
        }) {
      OwnerOnlyFile.write(file, broken);
      assertThatThrownBy(() -> CheckpointKey.loadOrCreate(file))
          .isInstanceOf(IllegalStateException.class)
          .hasNoCause();
      assertThat(Files.readString(file)).isEqualTo(broken);
    }
  }
}
