package dev.keyreeve.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.setting.SettingGroup;
import dev.keyreeve.procedure.Golden;
import dev.keyreeve.server.node.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed reference is what the declarations say.
final class SettingsReferenceTest {
  private static final List<SettingGroup<?>> SERVICES = Services.SHIPPED.settings();
  private static final Path DOCS = Path.of("../docs");

  @Test
  void tellsEverySetting() {
    Golden.assertMatches(DOCS.resolve("reference/settings.md"), SettingsReference.page());
  }

  @Test
  void hasAnExampleOfEverySetting() {
    Golden.assertMatches(DOCS.resolve("keyreeve.example.yaml"), SettingsReference.example());
  }

  @Test
  void theExampleIsAFileThatChangesNothing(@TempDir Path home) throws IOException {
    var example = DOCS.resolve("keyreeve.example.yaml").toAbsolutePath();

    var untouched = new Sources(SERVICES, Map.of(), Map.of(), example, home).read();
    var filled = Files.writeString(home.resolve("filled.yaml"), uncommented(example));
    var standard = new Sources(SERVICES, Map.of("data-dir", "x"), Map.of(), null, home).read();

    assertThat(untouched).isInstanceOf(Configuration.Good.class);
    assertThat(((Configuration.Good) untouched).lines())
        .allMatch(line -> line.from().equals("default"));
    assertThat(standard).isInstanceOf(Configuration.Good.class);
    var read = new Sources(SERVICES, Map.of(), Map.of(), filled, home).read();
    assertThat(read).isInstanceOf(Configuration.Good.class);
    assertThat(((Configuration.Good) read).settings().http())
        .isEqualTo(((Configuration.Good) standard).settings().http());
  }

  /// Every line that has a value, without its sign of a comment.
  private static String uncommented(Path example) throws IOException {
    var lines =
        Files.readAllLines(example).stream()
            .filter(line -> line.matches("# [a-z.-]+: .+"))
            .map(line -> line.substring(2))
            .toList();
    assertThat(lines).hasSizeGreaterThan(5);
    return String.join("\n", lines) + "\n";
  }
}
