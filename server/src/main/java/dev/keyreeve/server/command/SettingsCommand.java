package dev.keyreeve.server.command;

import dev.keyreeve.server.config.Configuration;
import dev.keyreeve.server.config.Sources;
import dev.keyreeve.server.node.Services;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that reads all settings, as `serve` does. Where any is wrong, all that is wrong is
/// told, and nothing is done.
abstract class SettingsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The YAML file of settings (KEYREEVE_CONFIG; default: keyreeve.yaml in the data"
              + " directory, if it is there).")
  private @Nullable Path file;

  @Override
  public final Integer call() throws Exception {
    var line = commandLine();
    return switch (Sources.ofProcess(
            Services.SHIPPED.settings(), SettingFlags.of(line.getParseResult()), file)
        .read()) {
      case Configuration.Bad(var problems) -> {
        line.getErr().println("keyreeve: The settings are wrong; nothing was done.");
        for (var problem : problems) line.getErr().println("  " + problem);
        yield CommandLine.ExitCode.USAGE;
      }
      case Configuration.Good good -> run(good, line.getOut());
    };
  }

  /// @return the exit code
  abstract int run(Configuration.Good configuration, PrintWriter out) throws Exception;

  private CommandLine commandLine() {
    if (spec == null) throw new IllegalStateException("picocli has not set the command's spec");
    return spec.commandLine();
  }
}
