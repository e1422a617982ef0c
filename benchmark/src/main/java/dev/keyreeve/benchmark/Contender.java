package dev.keyreeve.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A running server under test, one process on the first core.
///
/// @param plain the path that is answered without looking at the caller
/// @param checked the paths that are answered after every check
record Contender(String name, Process process, int port, String plain, List<String> checked)
    implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final List<String> LIMIT_HEADERS =
      List.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset");

  /// `USER_HZ`, the same on every Linux that a JVM runs on.
  private static final long TICKS_PER_SECOND = 100;

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /// Waits until it accepts connections.
  Contender ready() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return this;
      } catch (IOException refused) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException(name + " does not accept connections", refused);
        }
        process.waitFor(10, TimeUnit.MILLISECONDS);
      }
    }
  }

  /// Speed counts only where the answers are right: a good key is served, none and a wrong one are
  /// not, and a limit holds.
  void proveCorrect(IssuedKeys keys) throws IOException, InterruptedException {
    expect(200, plain, null);
    for (var path : checked) {
      var good = get(path, keys.texts().getFirst());
      if (!LIMIT_HEADERS.stream().allMatch(name -> good.headers().firstValue(name).isPresent())) {
        throw new IllegalStateException(name + " does not tell its limit at " + path);
      }
      expect(200, path, keys.texts().getLast());
      expect(401, path, null);
      expect(401, path, keys.texts().getFirst() + "x");
    }
    // A minute may end in between, so no more than twice as many calls may pass.
    int passed = 0;
    for (int i = 0; i <= 2 * IssuedKeys.FEW; i++) {
      if (get(checked.getFirst(), keys.limited()).statusCode() == 200) passed++;
    }
    if (passed < IssuedKeys.FEW || passed > 2 * IssuedKeys.FEW) {
      throw new IllegalStateException(name + " does not hold a limit: it let pass " + passed);
    }
    expect(429, checked.getFirst(), keys.limited());
  }

  void expect(int status, String path, @Nullable String key)
      throws IOException, InterruptedException {
    int actual = get(path, key).statusCode();
    if (actual != status) {
      throw new IllegalStateException(
          "%s answers %d where %d is right: %s".formatted(name, actual, status, path));
    }
  }

  private HttpResponse<Void> get(String path, @Nullable String key)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url(path)));
    if (key != null) request.header("Authorization", "Bearer " + key);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  /// Processor time that it has used so far, its own and the kernel's on its behalf.
  double cpuMicros() throws IOException {
    var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    // The name in parentheses may hold spaces; the fields after it are numbered from 3.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[14 - 3]) + Long.parseLong(fields[15 - 3]);
    return ticks * 1e6 / TICKS_PER_SECOND;
  }

  /// Memory that it holds, in MiB.
  long residentMib() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          / 1024;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
