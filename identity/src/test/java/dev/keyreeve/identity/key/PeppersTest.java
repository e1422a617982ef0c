package dev.keyreeve.identity.key;

import static dev.keyreeve.platform.TestPlatform.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.Lookup;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.identity.TestIdentity;
import dev.keyreeve.platform.TestPlatform;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peppers in their file, in the database's memory, and as they are replaced.
class PeppersTest {
  private static final long NOW = TestPlatform.START.toEpochMilli();

  /// The one under which [TestPlatform] digests.
  private static final Pepper FIRST = new Pepper(1, new byte[Pepper.MIN_LENGTH]);

  private static final Pepper SECOND = new Pepper(2, filled(2));

  @Test
  void stopTheStartWhereTheDatabaseKnowsAnotherOneOfTheVersion() {
    try (var platform = TestIdentity.start()) {
      var jdbi = platform.database().jdbi();
      KnownPeppers.check(jdbi, Peppers.of(FIRST), TestPlatform.START);
      KnownPeppers.check(jdbi, Peppers.of(FIRST), TestPlatform.START);
      var another = Peppers.of(new Pepper(1, filled(3)));

      assertThatThrownBy(() -> KnownPeppers.check(jdbi, another, TestPlatform.START))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The pepper of version 1 is not the one");
    }
  }

  @Test
  void stopTheStartWhereTheDatabaseKnowsANewerOne() {
    try (var platform = TestIdentity.start()) {
      var jdbi = platform.database().jdbi();
      KnownPeppers.check(jdbi, new Peppers(SECOND, FIRST), TestPlatform.START);

      assertThatThrownBy(() -> KnownPeppers.check(jdbi, Peppers.of(FIRST), TestPlatform.START))
          .hasMessageContaining("pepper 2");
    }
  }

  @Test
  void areReadFromTheirFileNewestFirst(@TempDir Path folder) {
    var file = folder.resolve("pepper");
    var encoder = Base64.getEncoder();
    OwnerOnlyFile.write(
        file,
        encoder.encodeToString(new byte[32]) + "\n2:" + encoder.encodeToString(filled(2)) + "\n");

    var peppers = PepperFile.loadOrCreate(file);

    assertThat(peppers.newest().version()).isEqualTo(2);
    assertThat(peppers.newest().fingerprint()).isEqualTo(SECOND.fingerprint());
    assertThat(Objects.requireNonNull(peppers.older()).fingerprint())
        .isEqualTo(FIRST.fingerprint());
  }

  @Test
  void areNotQuotedWhereTheirFileCannotBeRead(@TempDir Path folder) {
    var file = folder.resolve("pepper");
    OwnerOnlyFile.write(file, "1:secret-but-no-base64!\n");

    assertThatThrownBy(() -> PepperFile.loadOrCreate(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must hold one or two peppers")
        .hasMessageNotContaining("secret-but")
        .hasNoCause();
  }

  @Test
  void areReplacedAsKeysAreUsed() {
    try (var platform = TestIdentity.start()) {
      var issued = platform.key(platform.organisation().workspaceId(), READ);
      var id = KeyId.parse(issued.details().id());
      var lease = new Lease(Duration.ofDays(1), () -> 0);
      lease.renewFrom(lease.mark());
      var both = new KeyDirectory(new Peppers(SECOND, FIRST), lease);
      both.put(Objects.requireNonNull(platform.directory().find(id)));
      var move = new PepperMove(platform.changes(), both.upgrades());

      assertThat(both.lookup(TestIdentity.text(issued), NOW)).isInstanceOf(Lookup.Known.class);
      move.run(TestPlatform.START);

      var moved = Objects.requireNonNull(platform.directory().find(id));
      assertThat(Objects.requireNonNull(moved.secret()).pepperVersion()).isEqualTo(2);
      var newestAlone = new KeyDirectory(Peppers.of(SECOND), lease);
      newestAlone.put(moved);
      assertThat(newestAlone.lookup(TestIdentity.text(issued), NOW))
          .isEqualTo(new Lookup.Known(moved, Objects.requireNonNull(moved.secret())));
      assertThat(serverEntries(platform)).isEqualTo(1);
      move.run(TestPlatform.START);
      assertThat(serverEntries(platform)).isEqualTo(1);
      assertThat(moved.state()).isEqualTo(KeyState.ACTIVE);
    }
  }

  private static byte[] filled(int with) {
    var bytes = new byte[Pepper.MIN_LENGTH];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static int serverEntries(TestIdentity platform) {
    return platform
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select count(*) from audit_entry
                        where chain = 'server' and action = 'pepper.moved'
                        """)
                    .mapTo(Integer.class)
                    .one());
  }
}
