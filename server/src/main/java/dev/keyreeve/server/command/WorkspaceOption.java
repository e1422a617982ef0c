package dev.keyreeve.server.command;

import dev.keyreeve.server.command.OperatorClient.Refused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The workspace that a command is about.
final class WorkspaceOption {
  @Option(names = "--workspace", description = "Whose it is (default: the demo's).")
  private @Nullable String workspace;

  /// The workspace that is named, or the demo's if the server has one.
  String on(OperatorClient client) throws Refused {
    var named = workspace == null ? client.workspace() : workspace;
    if (named == null) throw new Refused("Name a workspace with --workspace.");
    return named;
  }
}
