package dev.keyreeve.directdebit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Random walks through the whole service, on real PostgreSQL, against the rules as
/// `directdebit.model` states them. A failure names its walk, its step and what led to it, and the
/// command that goes the same way again, such as
///
///     ./mvnw -pl directdebit -am test -Dtest=ReferenceModelTest \
///         -Dsurefire.failIfNoSpecifiedTests=false -Dkeyreeve.seed=3 -Dkeyreeve.steps=1000
///
/// With a seed there is that one walk. Without, `keyreeve.steps` is how many steps there are in all,
/// 20,000 unless said and 500,000 with `keyreeve.long`; more steps are longer walks first, and then
/// more of them, with seeds of their own. What a walk meets follows from its seed, but for the order
/// in which the service looks at what began in the same millisecond.
final class ReferenceModelTest {
  private static final int STEPS_OF_A_WALK = 6_250;
  private static final int USUAL_STEPS = 20_000;
  private static final int LONG_STEPS = 500_000;
  private static final int AT_ONCE = 2;

  /// What a walk of the usual length meets on its way; it would prove little if it did not.
  private static final List<String> MET =
      List.of(
          "mandates.invite done",
          "mandates.invite live_mandate_exists",
          "mandates.create duplicate_reference",
          "mandates.create amount_over_limit",
          "mandates.cancel mandate_not_found",
          "mandates.cancel version_mismatch",
          "mandates.suspend invalid_state",
          "mandates.suspend date_not_to_come",
          "mandates.reactivate done",
          "mandates.reactivate mandate_not_reactivatable",
          "mandates.update notice_too_short",
          "invites.submit done",
          "invites.submit invite_expired",
          "createOneOff past_cutoff",
          "collections.amend past_cutoff",
          "collections.cancel invalid_state",
          "collections.retry done",
          "claims.challenge done",
          "claims.recordOutcome done",
          "advices.assign done",
          "advices.assign does_not_fit",
          "advices.dismiss done",
          "bankReports.dismiss done",
          "claim of a reference that another has",
          "mandate active",
          "mandate suspended",
          "mandate cancelled",
          "mandate failed",
          "mandate expired",
          "mandate invite_expired",
          "collection settled after 1",
          "collection settled after 2",
          "collection failed after 1",
          "collection failed after 3",
          "collection clawed_back after 1",
          "collection skipped after 0",
          "claim settled",
          "claim withdrawn",
          "claim upheld");

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
    int usual = Boolean.getBoolean("keyreeve.long") ? LONG_STEPS : USUAL_STEPS;
    int steps = Integer.getInteger("keyreeve.steps", usual);
    if (seed != null) {
      walk(seed, steps);
      return;
    }
    var met = new TreeSet<String>();
    int many = Math.max(WAYS.size(), steps / STEPS_OF_A_WALK);
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var walks =
          LongStream.rangeClosed(1, many)
              .mapToObj(each -> threads.submit(() -> walk(each, steps / many)))
              .toList();
      for (var walk : walks) met.addAll(walk.get());
    }
    if (steps >= USUAL_STEPS) assertThat(met).containsAll(MET);
  }

  private static Set<String> walk(long seed, int steps) {
    var way = WAYS.get(Math.floorMod(seed - 1, WAYS.size()));
    return Walk.through(seed, steps, way.isSandbox(), way.workspaces(), way.begins());
  }
}
