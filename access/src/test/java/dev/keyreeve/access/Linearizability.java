package dev.keyreeve.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/// Whether what several threads see of a class could have happened one after the other. Lincheck
/// lets three threads take turns at every access to memory that they share.
public final class Linearizability {
  private static final boolean LONG = Boolean.getBoolean("keyreeve.long");

  private static final int LONGEST_LOOP = 1_000;

  private Linearizability() {}

  /// @param operations has the operations, and makes what they work on
  public static void check(Class<?> operations) {
    (LONG ? options(300, 5_000) : options(20, 300)).check(operations);
  }

  /// Shows that the check finds a defect that was put there.
  public static void checkFails(Class<?> broken) {
    assertThatThrownBy(() -> options(200, 1_000).minimizeFailedScenario(false).check(broken))
        .isInstanceOf(LincheckAssertionError.class);
  }

  private static ModelCheckingOptions options(int scenarios, int interleavingsOfEach) {
    var options = new ModelCheckingOptions();
    options.threads(3).actorsPerThread(2).actorsBefore(1).actorsAfter(1);
    // A key's text is read in loops of 51 rounds, which are no sign of a hang.
    options.loopBound(LONGEST_LOOP);
    options.iterations(scenarios).invocationsPerIteration(interleavingsOfEach);
    return options;
  }
}
