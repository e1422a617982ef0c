package dev.keyreeve.directdebit;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Random walks through the whole service, on real PostgreSQL, against the rules as
/// `directdebit.model` states them. A failure names its walk, its step and what led to it; the same
/// walk goes the same way again:
///
///     ./mvnw -pl directdebit -am test -Dtest=ReferenceModelTest \
///         -Dsurefire.failIfNoSpecifiedTests=false -Dkeyreeve.seed=3 -Dkeyreeve.steps=1000
///
/// With a seed, there is that one walk; without, there are the usual ones, and `keyreeve.steps` is
/// how many steps they take together.
final class ReferenceModelTest {
  private static final int USUAL_STEPS = 50_000;
  private static final int AT_ONCE = 2;

  /// @param isSandbox whether the sandbox's bank answers
  /// @param workspaces how many collect by one service user
  /// @param begins early enough for what the days are to bring
  private record Way(boolean isSandbox, int workspaces, LocalDate begins) {}

  /// The way of a walk follows from its seed.
  private static final List<Way> WAYS =
      List.of(
          new Way(true, 1, LocalDate.of(2026, 7, 1)),
          // The end of summer time.
          new Way(true, 1, LocalDate.of(2026, 10, 14)),
          // A service user that two share, from Christmas on.
          new Way(true, 2, LocalDate.of(2026, 12, 7)),
          // Live: files are exported, and the walk is the bank.
          new Way(false, 2, LocalDate.of(2026, 9, 1)),
          // Easter, and summer time on its Sunday.
          new Way(true, 1, LocalDate.of(2027, 3, 8)),
          // A leap day.
          new Way(true, 2, LocalDate.of(2028, 2, 7)),
          new Way(false, 1, LocalDate.of(2026, 12, 14)),
          new Way(true, 1, LocalDate.of(2027, 12, 1)));

  @Test
  void theServiceGoesTheWaysOfTheModel() throws InterruptedException, ExecutionException {
    var seed = Long.getLong("keyreeve.seed");
    int steps = Integer.getInteger("keyreeve.steps", USUAL_STEPS);
    var counts = new TreeMap<String, Integer>();
    if (seed != null) {
      add(counts, walk(seed, steps));
    } else {
      try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
        var walks =
            LongStream.rangeClosed(1, WAYS.size())
                .mapToObj(each -> threads.submit(() -> walk(each, steps / WAYS.size())))
                .toList();
        for (var walk : walks) add(counts, walk.get());
      }
    }
    System.out.println(counts);
  }

  private static Map<String, Integer> walk(long seed, int steps) {
    var way = WAYS.get(Math.floorMod(seed - 1, WAYS.size()));
    return Walk.through(seed, steps, way.isSandbox(), way.workspaces(), way.begins());
  }

  private static void add(Map<String, Integer> counts, Map<String, Integer> more) {
    more.forEach((key, count) -> counts.merge(key, count, Integer::sum));
  }
}
