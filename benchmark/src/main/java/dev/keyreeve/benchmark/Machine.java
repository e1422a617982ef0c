package dev.keyreeve.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Where a measurement was taken, in terms that name nobody.
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    return "%s, %s %s, %d cores, JDK %s, load before: %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            load());
  }

  /// How many processes ran at once on average over the last minute.
  static String load() throws IOException {
    var file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", -1)[0] : "unknown";
  }
}
