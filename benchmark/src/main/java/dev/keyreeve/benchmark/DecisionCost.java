package dev.keyreeve.benchmark;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs [DecisionBenchmark] and sets its figures in relation to one SHA-256.
final class DecisionCost {
  private DecisionCost() {}

  static String measure() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(DecisionBenchmark.class.getName())
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    var results = new Runner(options).run();
    var table = new Table("decision", "keys", "callers", "ns", "+-", "bytes", "x SHA-256");
    for (var result : results) {
      var name = result.getParams().getBenchmark();
      var time = result.getPrimaryResult();
      table.row(
          name.substring(name.lastIndexOf('.') + 1),
          result.getParams().getParam("keys"),
          result.getParams().getParam("callers"),
          number(time.getScore()),
          number(time.getScoreError()),
          number(bytes(result)),
          Table.ratio(time.getScore(), sha256Beside(result, results)));
    }
    return table.toString();
  }

  /// The bare hash that was measured under the same parameters.
  private static double sha256Beside(RunResult result, Collection<RunResult> results) {
    return results.stream()
        .filter(other -> other.getParams().getBenchmark().endsWith(".sha256OfTheText"))
        .filter(
            other -> other.getParams().getParam("keys").equals(result.getParams().getParam("keys")))
        .filter(
            other ->
                other
                    .getParams()
                    .getParam("callers")
                    .equals(result.getParams().getParam("callers")))
        .findFirst()
        .orElseThrow()
        .getPrimaryResult()
        .getScore();
  }

  private static double bytes(RunResult result) {
    return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
        .getScore();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
