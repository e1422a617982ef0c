package dev.keyreeve.directdebit.collection.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.directdebit.StateDiagram;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
class ClaimStatusTest {

  /// A dash where a step is not known, and the same status where it is so already.
  @ParameterizedTest
  @CsvSource({
    "RECEIVED,     UNDER_REVIEW, ACCEPTED, -,          -,      -,        SETTLED",
    "UNDER_REVIEW, UNDER_REVIEW, ACCEPTED, CHALLENGED, -,      -,        SETTLED",
    "ACCEPTED,     -,            ACCEPTED, -,          -,      -,        SETTLED",
    "CHALLENGED,   -,            -,        CHALLENGED, UPHELD, REJECTED, -",
    "UPHELD,       -,            -,        -,          UPHELD, -,        -",
    "REJECTED,     -,            -,        -,          -,      REJECTED, SETTLED",
    "SETTLED,      -,            -,        -,          -,      -,        SETTLED",
    "WITHDRAWN,    -,            -,        -,          -,      -,        -"
  })
  void movesAsTheSchemeHasIt(
      ClaimStatus from,
      String review,
      String accept,
      String challenge,
      String uphold,
      String reject,
      String settle) {
    assertMove(from, ClaimStep.START_REVIEW, review);
    assertMove(from, ClaimStep.ACCEPT, accept);
    assertMove(from, ClaimStep.CHALLENGE, challenge);
    assertMove(from, ClaimStep.UPHOLD, uphold);
    assertMove(from, ClaimStep.REJECT, reject);
    assertMove(from, ClaimStep.SETTLE, settle);
  }

  private static void assertMove(ClaimStatus from, ClaimStep step, String to) {
    var after = from.after(step);

    if (to.equals("-")) {
      assertThat(after).as(from + " " + step).isNull();
    } else {
      assertThat(after).as(from + " " + step).isEqualTo(ClaimStatus.valueOf(to));
    }
  }

  @ParameterizedTest
  @EnumSource(ClaimStatus.class)
  void aBankCanWithdrawAnyClaim(ClaimStatus from) {
    assertThat(from.after(ClaimStep.WITHDRAW)).isEqualTo(ClaimStatus.WITHDRAWN);
  }

  @Test
  void peopleNeitherWithdrawNorSettle() {
    assertThat(Arrays.stream(ClaimStep.values()).filter(step -> step.by() != ClaimStep.By.PERSON))
        .containsExactly(ClaimStep.WITHDRAW, ClaimStep.SETTLE);
  }

  @Test
  void isDrawnOnThePageOfStates() {
    var diagram = new StateDiagram("claim").begins(ClaimStatus.RECEIVED.word(), "bank's report");
    for (var from : ClaimStatus.values()) {
      for (var step : ClaimStep.values()) {
        var to = from.after(step);
        if (to != null) {
          diagram.arrow(
              from.word(), to.word(), step.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
      }
    }

    diagram.assertIsOnThePage();
  }
}
