package dev.keyreeve.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures what a decision, a key, a request and a year of mandates cost, and prints it as tables.
///
/// | argument | what it measures | takes |
/// |---|---|---|
/// | `decision` | nanoseconds and bytes of a decision, with JMH | 4 minutes |
/// | `memory` | bytes that a node needs for a key | 10 seconds |
/// | `server` | processor time of a request to a whole server, beside nginx and HAProxy | 6 minutes |
/// | `year` | every moment of a year of 10,000 mandates in the sandbox | 8 minutes |
///
/// A year may be made smaller: `year --mandates 1000 --months 3`.
public final class Main {
  private static final List<String> ALL = List.of("decision", "memory", "server", "year");
  private static final String USAGE =
      "usage: ./keyreeve benchmark [decision] [memory] [server] [year [--mandates N] [--months M]]";
  private static final int MANDATES = 10_000;
  private static final int MONTHS = 12;

  private Main() {}

  /// @param arguments the folder of the source tree, and what to measure: everything if not named
  public static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]);
    var wanted = new ArrayList<String>();
    int mandates = MANDATES;
    int months = MONTHS;
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--mandates" -> mandates = number(arguments, ++i, 1, 100_000);
        case "--months" -> months = number(arguments, ++i, 2, 24);
        case String part when ALL.contains(part) -> wanted.add(part);
        case String _ -> refuse();
      }
    }

    System.out.println(Machine.describe());
    for (var part : wanted.isEmpty() ? ALL : wanted) {
      System.out.println();
      switch (part) {
        case "decision" -> System.out.print(DecisionCost.measure());
        case "memory" -> System.out.print(KeyMemory.measure());
        case "year" -> System.out.print(new SandboxYear(mandates, months).measure());
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

  private static int number(String[] arguments, int at, int least, int most) {
    try {
      int number = at < arguments.length ? Integer.parseInt(arguments[at]) : least - 1;
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      refuse();
    }
    refuse();
    return least;
  }

  private static void refuse() {
    System.err.println(USAGE);
    System.exit(2);
  }
}
