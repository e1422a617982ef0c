package dev.keyreeve.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What came of 64 connections that asked one after the other, as fast as they were answered, from
/// the second core.
///
/// @param requests answered requests
/// @param micros how long it took, in microseconds
/// @param refused answers other than a success
/// @param broken connections that failed, and requests that were never answered
/// @param p99 microseconds in which 99 of 100 requests were answered; under full load, mostly the
///   time in the queue
record Load(long requests, long micros, long refused, long broken, long p99) {
  private static final Pattern SUMMARY =
      Pattern.compile(
          "requests=(\\d+) micros=(\\d+) refused=(\\d+) broken=(\\d+) p50=\\d+ p99=(\\d+)");

  /// @param keys a file of keys to take turns with; null to ask without one
  static Load of(String url, @Nullable Path keys, Path script, int seconds)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("taskset", "-c", "1", "wrk", "-t1", "-c64", "-d" + seconds + "s", "-s"));
    command.addAll(List.of(script.toString(), url));
    if (keys != null) command.addAll(List.of("--", keys.toString()));

    var wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(wrk.getInputStream().readAllBytes(), UTF_8);
    wrk.waitFor();
    return parse(output);
  }

  static Load parse(String output) {
    var summary = SUMMARY.matcher(output);
    if (!summary.find()) {
      throw new IllegalStateException("wrk did not say what it measured: " + output);
    }
    return new Load(
        Long.parseLong(summary.group(1)),
        Long.parseLong(summary.group(2)),
        Long.parseLong(summary.group(3)),
        Long.parseLong(summary.group(4)),
        Long.parseLong(summary.group(5)));
  }

  double requestsPerSecond() {
    return requests * 1e6 / micros;
  }

  double shareRefused() {
    return requests == 0 ? 1 : (double) refused / requests;
  }
}
