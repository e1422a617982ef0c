package dev.keyreeve.directdebit.rail.sandbox;

import static dev.keyreeve.directdebit.rail.sandbox.SandboxProcedures.SANDBOX_ADVANCE_TO;
import static dev.keyreeve.directdebit.rail.sandbox.SandboxProcedures.SANDBOX_ADVANCE_WORKING_DAYS;
import static dev.keyreeve.directdebit.rail.sandbox.SandboxProcedures.SANDBOX_CLOCK;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Refusal;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Moves a sandbox's clock in steps that a server answers in time, however far it goes. Whoever
/// watches is told of each step but the last, whose answer is that of the whole way.
final class SandboxWalk {
  private static final int DAYS_A_STEP = 14;
  private static final int WORKING_DAYS_A_STEP = 10;

  private final Invocation typed;
  private @Nullable String from;
  private long moments;

  SandboxWalk(Invocation typed) {
    this.typed = typed;
  }

  /// To the beginning of the day that was typed.
  JsonNode toDay() throws IOException, Refusal {
    var input = typed.input(SANDBOX_ADVANCE_TO);
    var date = LocalDate.parse(input.path("date").asText());
    var clock = typed.call(SANDBOX_CLOCK);
    var step = LocalDate.parse(clock.path("today").asText()).plusDays(DAYS_A_STEP);
    for (; step.isBefore(date); step = step.plusDays(DAYS_A_STEP)) {
      tell(step(SANDBOX_ADVANCE_TO, input.put("date", step.toString())));
    }
    return step(SANDBOX_ADVANCE_TO, input.put("date", date.toString()));
  }

  /// By the processing days that were typed.
  JsonNode byDays() throws IOException, Refusal {
    var input = typed.input(SANDBOX_ADVANCE_WORKING_DAYS);
    int left = input.path("days").asInt();
    for (; left > WORKING_DAYS_A_STEP; left -= WORKING_DAYS_A_STEP) {
      tell(step(SANDBOX_ADVANCE_WORKING_DAYS, input.put("days", WORKING_DAYS_A_STEP)));
    }
    return step(SANDBOX_ADVANCE_WORKING_DAYS, input.put("days", left));
  }

  /// @return the answer, as if this step had begun where the first one did
  private ObjectNode step(Declared<?, ?> advance, ObjectNode input) throws IOException, Refusal {
    var answer = typed.call(advance, input);
    if (from == null) from = answer.path("from").asText();
    moments += answer.path("moments").asLong();
    return answer.<ObjectNode>deepCopy().put("from", from).put("moments", moments);
  }

  private void tell(JsonNode answer) {
    typed.terminal().err().println("Now it is " + answer.path("today").asText() + ".");
  }
}
