package dev.keyreeve.directdebit.rail.submission;

import dev.keyreeve.directdebit.StateDiagram;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SubmissionStatusTest {
  @Test
  void isDrawnOnThePageOfStates() {
    var diagram = new StateDiagram("submission").begins(SubmissionStatus.SEALED.word(), "run");
    for (var from : SubmissionStatus.values()) {
      for (var to : SubmissionStatus.values()) {
        if (from.next().contains(to)) diagram.arrow(from.word(), to.word(), why(to));
      }
    }

    diagram.assertIsOnThePage();
  }

  private static String why(SubmissionStatus to) {
    return switch (to) {
      case SEALED -> "run";
      case SENT -> "handed over";
      case ACCEPTED, PARTLY_REJECTED, REJECTED -> "input report";
      case WITHDRAWN -> "operator";
    };
  }
}
