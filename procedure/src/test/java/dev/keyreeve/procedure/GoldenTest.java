package dev.keyreeve.procedure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class GoldenTest {
  @BeforeEach
  void comparesOnly() {
    assumeFalse(Golden.WRITES);
  }

  @Test
  void refusesWhatDiffersFromTheCommittedFile(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("page.md"), "old\n");

    Golden.assertMatches(file, "old\n");

    assertThatThrownBy(() -> Golden.assertMatches(file, "new\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dkeyreeve.golden=write");
  }

  @Test
  void refusesAFileThatIsNotThere(@TempDir Path folder) {
    assertThatThrownBy(() -> Golden.assertMatches(folder.resolve("page.md"), "new\n"))
        .isInstanceOf(AssertionError.class);
  }
}
