package dev.keyreeve.benchmark;

import java.nio.file.Path;
import java.util.List;

/// Measures what a decision, a key and a request cost, and prints it as a table.
///
/// | argument | what it measures | takes |
/// |---|---|---|
/// | `decision` | nanoseconds and bytes of a decision, with JMH | 4 minutes |
/// | `memory` | bytes that a node needs for a key | 10 seconds |
/// | `server` | processor time of a request to a whole server, beside nginx and HAProxy | 6 minutes |
public final class Main {
  private static final List<String> ALL = List.of("decision", "memory", "server");

  private Main() {}

  /// @param arguments the folder of the source tree, and what to measure: everything if not named
  public static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]);
    var wanted = arguments.length == 1 ? ALL : List.of(arguments).subList(1, arguments.length);
    for (var part : wanted) {
      if (!ALL.contains(part)) {
        System.err.println("usage: ./keyreeve benchmark [decision] [memory] [server]");
        System.exit(2);
      }
    }

    System.out.println(Machine.describe());
    for (var part : wanted) {
      System.out.println();
      switch (part) {
        case "decision" -> System.out.print(DecisionCost.measure());
        case "memory" -> System.out.print(KeyMemory.measure());
        default -> {
          try (var servers = ServerCost.open(home)) {
            System.out.print(servers.measure());
          } catch (MissingProgram missing) {
            System.err.println(missing.getMessage());
            System.exit(1);
          }
        }
      }
    }
  }
}
