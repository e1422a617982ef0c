package dev.keyreeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/// All modules share one history of the schema.
final class MigrationsTest {
  private static final Pattern BY_TIME =
      Pattern.compile("V20[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])_([01][0-9]|2[0-3])[0-5][0-9]");

  /// Those that were numbered by hand; there will be no more of them.
  private static final Set<String> BY_HAND =
      Set.of(
          "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V9_1", "V10", "V14", "V15",
          "V15_1", "V17", "V18", "V19", "V22");

  @Test
  void noTwoHaveOneVersion() throws IOException {
    assertThat(versions()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  @Test
  void newOnesAreNamedByTimeAndComeAfterAllOthers() throws IOException {
    var newOnes = versions().stream().filter(version -> !BY_HAND.contains(version)).toList();

    assertThat(newOnes).isNotEmpty().allMatch(version -> BY_TIME.matcher(version).matches());
    assertThat(newOnes)
        .allSatisfy(
            version ->
                assertThat(flyways(version))
                    .isGreaterThan(
                        BY_HAND.stream()
                            .map(MigrationsTest::flyways)
                            .max(MigrationVersion::compareTo)
                            .orElseThrow()));
    assertThat(flyways("V20261201_0900")).isLessThan(flyways("V20261201_1000"));
    assertThat(flyways("V20261201_1000")).isLessThan(flyways("V20261202_0900"));
  }

  private static MigrationVersion flyways(String version) {
    return MigrationVersion.fromVersion(version.substring(1));
  }

  private static List<String> versions() throws IOException {
    try (var modules = Files.list(Path.of(".."))) {
      return modules
          .map(module -> module.resolve("src/main/resources/db/migration"))
          .filter(Files::isDirectory)
          .flatMap(MigrationsTest::names)
          .map(name -> name.substring(0, name.indexOf("__")))
          .toList();
    }
  }

  private static Stream<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
