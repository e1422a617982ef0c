package dev.keyreeve.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processor time used so far by this process, and by a PostgreSQL with all its processes; the
/// kernel's on their behalf included.
final class CpuTime {
  /// `USER_HZ`, the same on every Linux that a JVM runs on.
  private static final long TICKS_PER_SECOND = 100;

  private static final OperatingSystemMXBean OURS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Path postmaster;

  /// @param dataDirectory of a Keyreeve whose PostgreSQL runs
  CpuTime(Path dataDirectory) throws IOException {
    var lock = dataDirectory.resolve("postgresql/cluster/postmaster.pid");
    postmaster = Path.of("/proc", Files.readAllLines(lock).getFirst().strip());
  }

  double ourMillis() {
    return OURS.getProcessCpuTime() / 1e6;
  }

  /// Processes that have ended count, for their parent has waited for them.
  double postgresMillis() {
    try {
      var main = postmaster.getFileName().toString();
      long ticks = ticks(postmaster, true);
      var children = Files.readString(postmaster.resolve("task").resolve(main).resolve("children"));
      for (var child : children.strip().split(" ", -1)) {
        if (!child.isEmpty()) ticks += ticks(Path.of("/proc", child), false);
      }
      return ticks * 1e3 / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long ticks(Path process, boolean withEnded) throws IOException {
    String stat;
    try {
      stat = Files.readString(process.resolve("stat"));
    } catch (IOException ended) {
      return 0;
    }
    // The name in parentheses may hold spaces; the fields after it are numbered from 3.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[14 - 3]) + Long.parseLong(fields[15 - 3]);
    return withEnded
        ? ticks + Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3])
        : ticks;
  }
}
