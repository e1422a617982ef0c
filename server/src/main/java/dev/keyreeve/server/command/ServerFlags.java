package dev.keyreeve.server.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every command that calls a running server: which one, and how to show what it
/// answers.
final class ServerFlags {
  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Option(
      names = "--output",
      paramLabel = "json|table",
      description = "How to show the answer (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Output output = Output.TABLE;

  ServerClient server() {
    return new ServerClient(dataDirectory.path());
  }

  Output output() {
    return output;
  }
}
