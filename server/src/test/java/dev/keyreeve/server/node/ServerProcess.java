package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// `./keyreeve` as a process of its own, with the class path of the tests. What it prints can be
/// waited for and read. Closing it leaves nothing behind, its PostgreSQL included.
public final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final Pattern ADDRESS = Pattern.compile("Keyreeve listens on (\\S+)");

  private final Process process;
  private final Path dataDirectory;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private ServerProcess(Process process, Path dataDirectory) {
    this.process = process;
    this.dataDirectory = dataDirectory;
    Thread.ofVirtual().start(this::read);
  }

  /// Runs `keyreeve serve --port 0` on a data directory.
  public static ServerProcess serve(Path dataDirectory, String... options) {
    var arguments = new ArrayList<>(List.of("serve", "--port", "0"));
    arguments.addAll(List.of("--data-dir", dataDirectory.toString()));
    arguments.addAll(List.of(options));
    return run(dataDirectory, Map.of(), arguments.toArray(String[]::new));
  }

  /// Runs `keyreeve` with these arguments and no setting in its environment but these.
  ///
  /// @param dataDirectory where it may leave a PostgreSQL
  public static ServerProcess run(
      Path dataDirectory, Map<String, String> environment, String... arguments) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.keyreeve.server.Keyreeve");
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("KEYREEVE_"));
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start(), dataDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line; (line = output.readLine()) != null; ) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  /// Everything that was printed so far, on both streams.
  public synchronized String output() {
    return String.join("\n", lines) + "\n";
  }

  /// Waits until what is printed has such a place.
  public synchronized MatchResult await(Pattern pattern) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      var matcher = pattern.matcher(output());
      if (matcher.find()) return matcher.toMatchResult();

      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || millis <= 0) throw new AssertionError("no " + pattern + " in:\n" + output());
      wait(millis);
    }
  }

  /// The address of a server; waits until it listens.
  public String url() throws InterruptedException {
    return await(ADDRESS).group(1);
  }

  public int port() throws InterruptedException {
    return URI.create(url()).getPort();
  }

  /// As `kill -9` does. PostgreSQL goes on.
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /// Sends a signal by its name, such as `STOP`.
  void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) throw new AssertionError("no signal " + name);
  }

  /// As `kill` does, without waiting.
  void terminate() {
    process.toHandle().destroy();
  }

  /// Waits for the end.
  ///
  /// @return the exit code
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still runs:\n" + output());
    }
    synchronized (this) {
      while (!ended) wait();
    }
    return process.exitValue();
  }

  /// The PostgreSQL that runs in the data directory.
  Optional<ProcessHandle> postgres() {
    var lock = dataDirectory.resolve("postgresql/cluster/postmaster.pid");
    try {
      return Files.exists(lock)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(lock).getFirst().strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    postgres()
        .ifPresent(
            left -> {
              left.destroy();
              left.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            });
  }
}
