package dev.keyreeve.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM with the class path of this one, spoken to in lines. What it writes to its error
/// stream is read too.
final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final PrintStream input;

  private JavaProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
    this.input = new PrintStream(process.getOutputStream(), true, UTF_8);
  }

  /// Starts `java` with these options, main class and arguments.
  static JavaProcess start(String... words) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(words));
    return new JavaProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  void send(String line) {
    input.println(line);
  }

  /// Reads until a line that begins so.
  void await(String beginning) throws IOException {
    var seen = new ArrayList<String>();
    for (String line; (line = output.readLine()) != null; seen.add(line)) {
      if (line.startsWith(beginning)) return;
    }
    throw new AssertionError("ended without \"" + beginning + "\": " + seen);
  }

  String outputToTheEnd() throws IOException {
    return output.readAllAsString();
  }

  /// As `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
