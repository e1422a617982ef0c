package dev.keyreeve.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command with many options of its own that calls a running server. One with few is a method
/// that takes a [RunningServer].
abstract class OperatorCommand implements Callable<Integer> {
  @Mixin private final RunningServer server = new RunningServer();

  @Override
  public final Integer call() throws IOException {
    return server.run(
        (output, out) -> {
          if (runAlone(output, out)) return;
          try (var client = server.client()) {
            run(client, output, out);
          }
        });
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
