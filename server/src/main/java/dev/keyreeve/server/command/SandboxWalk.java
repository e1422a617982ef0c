package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Moves a sandbox's clock in steps that a server answers in time, however far it goes. Whoever
/// watches is told of each step but the last, whose answer is that of the whole way.
final class SandboxWalk {
  private static final int DAYS_A_STEP = 14;
  private static final int WORKING_DAYS_A_STEP = 10;

  private final OperatorClient client;
  private final String workspace;
  private final PrintWriter watched;
  private @Nullable String from;
  private long moments;

  SandboxWalk(OperatorClient client, String workspace, PrintWriter watched) {
    this.client = client;
    this.workspace = workspace;
    this.watched = watched;
  }

  /// To the beginning of a day.
  JsonNode to(LocalDate date) throws IOException, Refused {
    var clock = client.get(new Query("/sandbox/clock").with("workspace_id", workspace).toString());
    var step = LocalDate.parse(clock.path("today").asText()).plusDays(DAYS_A_STEP);
    for (; step.isBefore(date); step = step.plusDays(DAYS_A_STEP)) {
      tell(step("/sandbox/advance-to", input().put("date", step.toString())));
    }
    return step("/sandbox/advance-to", input().put("date", date.toString()));
  }

  /// By processing days.
  JsonNode days(int days) throws IOException, Refused {
    int left = days;
    for (; left > WORKING_DAYS_A_STEP; left -= WORKING_DAYS_A_STEP) {
      tell(step("/sandbox/advance-working-days", input().put("days", WORKING_DAYS_A_STEP)));
    }
    return step("/sandbox/advance-working-days", input().put("days", left));
  }

  private ObjectNode input() {
    return JsonNodeFactory.instance.objectNode().put("workspace_id", workspace);
  }

  /// @return the answer, as if this step had begun where the first one did
  private ObjectNode step(String path, ObjectNode input) throws IOException, Refused {
    var answer = client.post(path, input);
    if (from == null) from = answer.path("from").asText();
    moments += answer.path("moments").asLong();
    return answer.<ObjectNode>deepCopy().put("from", from).put("moments", moments);
  }

  private void tell(JsonNode answer) {
    watched.println("Now it is " + answer.path("today").asText() + ".");
  }
}
