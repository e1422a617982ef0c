package dev.keyreeve.benchmark;

import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;

/// Weighs a directory of a million keys with all their counters.
final class KeyMemory {
  private static final int KEYS = 1_000_000;

  private KeyMemory() {}

  static String measure() {
    var order = IntStream.range(0, KEYS).toArray();
    long before = usedBytes();
    var world = new World(order);
    long after = usedBytes();

    var table = new Table("memory", "keys", "bytes/key");
    table.row(
        "directory and meter",
        Integer.toString(world.directory.size()),
        Long.toString((after - before) / KEYS));
    return table.toString();
  }

  private static long usedBytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
