package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The commands in the documentation do what they are printed for: every block marked `sh` is run,
/// page by page and in its order, against a server with the demo's data.
@Execution(ExecutionMode.CONCURRENT)
final class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  static Stream<Path> pagesWithCommands() throws IOException {
    try (var files = Files.walk(ROOT.resolve("docs"))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !commands(file).isEmpty())
          .map(ROOT::relativize)
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void thereAreSuchPages() throws IOException {
    assertThat(pagesWithCommands()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void runsAsPrinted(Path page, @TempDir Path folder) throws Exception {
    // What is set up for GoCardless finds nobody there.
    var nowhere = Map.of("KEYREEVE_DIRECT_DEBIT_GOCARDLESS_URL", "http://127.0.0.1:9");
    try (var server = TestServer.start(nowhere)) {
      var demo = server.demo();
      keyreeve(folder.resolve("keyreeve"));
      var script = folder.resolve("commands.sh");
      Files.writeString(
          script, "set -eux -o pipefail\n" + String.join("\n", commands(ROOT.resolve(page))));
      var output = folder.resolve("output.txt");

      var shell =
          new ProcessBuilder("bash", script.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      shell.environment().put("KEYREEVE_URL", server.url());
      shell.environment().put("KEYREEVE_KEY", demo.key("dd_full").reveal());
      shell.environment().put("KEYREEVE_DATA_DIR", server.dataDirectory().toString());
      shell.environment().put("KEYREEVE_DATABASE_URL", server.databaseUrl());
      var process = shell.start();

      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).describedAs(Files.readString(output)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("allPages")
  void linksLeadSomewhere(Path page) throws IOException {
    var text = Files.readString(ROOT.resolve(page));
    var folder = ROOT.resolve(page).resolveSibling("");

    var links = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(text).results();

    assertThat(links.map(link -> folder.resolve(link.group(1)).normalize()))
        .allSatisfy(target -> assertThat(target).exists());
  }

  static Stream<Path> allPages() throws IOException {
    try (var files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(
                  "README.md",
                  "CONTRIBUTING.md",
                  "SECURITY.md",
                  "CHANGELOG.md",
                  "examples/agentos/README.md")
              .map(Path::of),
          files
              .filter(file -> file.toString().endsWith(".md"))
              .map(ROOT::relativize)
              .sorted()
              .toList()
              .stream());
    }
  }

  private static List<String> commands(Path page) {
    try {
      return BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stands for `./keyreeve`, without building what this test was built with.
  private static void keyreeve(Path script) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.keyreeve.server.Keyreeve "$@"
        """
            .formatted(java, System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }
}
