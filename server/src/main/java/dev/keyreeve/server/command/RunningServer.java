package dev.keyreeve.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options of every command that calls a running server: which one, and how to show what it
/// answers.
final class RunningServer {
  private static final int REFUSED = 1;
  private static final int NO_SERVER = 3;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Option(
      names = "--output",
      paramLabel = "json|table",
      description = "How to show the answer (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Output output = Output.TABLE;

  /// What a command does with the server.
  @FunctionalInterface
  interface Work {
    void with(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused;
  }

  /// What a command does by itself.
  @FunctionalInterface
  interface Task {
    void run(Output output, PrintWriter out) throws IOException, OperatorClient.Refused;
  }

  /// @return the exit code
  int ask(Work work) throws IOException {
    return run(
        (output, out) -> {
          try (var client = client()) {
            work.with(client, output, out);
          }
        });
  }

  OperatorClient client() throws IOException {
    return OperatorClient.of(dataDirectory.path());
  }

  /// Where to tell of what is under way.
  PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    if (spec == null) throw new IllegalStateException("picocli has not set the command's spec");
    return spec;
  }

  /// @return the exit code
  int run(Task task) throws IOException {
    var err = err();
    try {
      task.run(output, spec().commandLine().getOut());
      return 0;
    } catch (OperatorClient.NoServer e) {
      err.println("keyreeve: " + e.getMessage());
      return NO_SERVER;
    } catch (OperatorClient.Refused e) {
      err.println("keyreeve: " + e.getMessage());
      return REFUSED;
    }
  }
}
