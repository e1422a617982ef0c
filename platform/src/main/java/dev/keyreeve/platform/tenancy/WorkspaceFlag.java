package dev.keyreeve.platform.tenancy;

import dev.keyreeve.procedure.command.Flag;
import dev.keyreeve.procedure.command.Refusal;

/// The workspace that a command is about.
public final class WorkspaceFlag {
  private WorkspaceFlag() {}

  /// `--workspace`; where it is left out, the demo's is meant if there is one.
  ///
  /// @param field of the input that names it
  public static Flag of(String field, String about) {
    return Flag.flag(field, "--workspace <workspace>", about)
        .orElse(
            (input, typed) -> {
              var meant = typed.workspace();
              if (meant == null) {
                throw new Refusal(
                    "Name a workspace with --workspace; './keyreeve orgs list' shows them.");
              }
              input.put(field, meant);
            });
  }

  public static Flag of(String field) {
    return of(field, "Whose it is (default: the demo's).");
  }
}
