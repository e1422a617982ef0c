package dev.keyreeve.server.command;

import dev.keyreeve.server.config.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the command line finds the server: the data directory that its settings name.
final class DataDirectoryOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The server's data directory (KEYREEVE_DATA_DIR, or the file that KEYREEVE_CONFIG names;"
              + " default: ~/.keyreeve).")
  private @Nullable String path;

  Path path() {
    var flags = path == null ? Map.<String, String>of() : Map.of("data-dir", path);
    return Sources.ofProcess(List.of(), flags, null).dataDirectory();
  }
}
