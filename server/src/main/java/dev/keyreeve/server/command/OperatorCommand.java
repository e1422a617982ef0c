package dev.keyreeve.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that calls a running server.
abstract class OperatorCommand implements Callable<Integer> {
  private static final int NO_SERVER = 3;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Option(
      names = "--output",
      paramLabel = "json|table",
      description = "How to show the answer (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Output output = Output.TABLE;

  @Override
  public final Integer call() throws IOException {
    if (spec == null) throw new IllegalStateException("picocli has not set the command's spec");
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    try {
      if (!runAlone(output, out)) run(output, out);
      return 0;
    } catch (OperatorClient.NoServer e) {
      err.println("keyreeve: " + e.getMessage());
      return NO_SERVER;
    } catch (OperatorClient.Refused e) {
      err.println("keyreeve: " + e.getMessage());
      return 1;
    }
  }

  private void run(Output output, PrintWriter out) throws IOException, OperatorClient.Refused {
    try (var client = OperatorClient.of(dataDirectory.path())) {
      run(client, output, out);
    }
  }

  /// Does what needs no server.
  ///
  /// @return whether that was all
  boolean runAlone(Output output, PrintWriter out) throws IOException, OperatorClient.Refused {
    return false;
  }

  abstract void run(OperatorClient client, Output output, PrintWriter out)
      throws IOException, OperatorClient.Refused;
}
