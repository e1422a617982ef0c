package dev.keyreeve.server.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the server keeps what it must find again, and where the command line finds the server.
final class DataDirectoryOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The server's data directory (KEYREEVE_DATA_DIR; default: ~/.keyreeve in the home"
              + " directory).",
      defaultValue = "${env:KEYREEVE_DATA_DIR:-${sys:user.home}/.keyreeve}")
  Path path = Path.of(".keyreeve");
}
