package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Why a call was, or would be, permitted or refused.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Tells rule by rule why a request was decided as it was, or how a key's call would be."
            + " Spends nothing.")
public final class ExplainCommand extends OperatorCommand {
  private static final List<Output.Column> RULES =
      List.of(
          new Output.Column("RULE", "rule"),
          new Output.Column("HOLDS", "holds"),
          new Output.Column("SAW", "saw"),
          new Output.Column("REFUSES WITH", "reason"));

  @Parameters(
      arity = "0..1",
      paramLabel = "REQUEST_ID",
      description = "A request, by the id in its answer's X-Request-Id.")
  private @Nullable String requestId;

  @Option(names = "--key", paramLabel = "ID", description = "A key that might call.")
  private @Nullable String key;

  @Option(names = "--procedure", description = "What it might call, such as mandates.cancel.")
  private @Nullable String procedure;

  @Option(names = "--from", paramLabel = "ADDRESS", description = "Where from.")
  private @Nullable String address;

  @Option(names = "--at", paramLabel = "INSTANT", description = "When (default: now).")
  private @Nullable String at;

  @Override
  void run(OperatorClient client, Output output, PrintWriter out)
      throws IOException, OperatorClient.Refused {
    var input = JsonNodeFactory.instance.objectNode();
    if (requestId != null) input.put("request_id", requestId);
    if (key != null) input.put("key_id", key);
    if (procedure != null) input.put("procedure", procedure);
    if (address != null) input.put("address", address);
    if (at != null) input.put("at", at);
    var explained = client.post("/decisions/explain", input);
    switch (output) {
      case JSON -> Output.print(explained, out);
      case TABLE -> explained.path("calls").forEach(call -> show(call, out));
    }
  }

  private static void show(JsonNode call, PrintWriter out) {
    var recorded = call.path("recorded");
    if (recorded.isObject()) {
      out.println(
          "Recorded at %s: %s %s %s"
              .formatted(
                  recorded.path("at").asText(),
                  recorded.path("procedure").asText("no procedure"),
                  recorded.path("outcome").asText(),
                  recorded.path("reason").asText())
              .stripTrailing());
    }
    var decision = call.path("decision");
    if (!decision.isObject()) {
      out.println("It is not known who called, so it cannot be decided anew.");
      return;
    }
    out.println(
        decision.path("permitted").asBoolean()
            ? "At %s it is permitted.".formatted(decision.path("at").asText())
            : "At %s it is refused with %s %s: %s"
                .formatted(
                    decision.path("at").asText(),
                    decision.path("status").asText(),
                    decision.path("reason").asText(),
                    decision.path("message").asText()));
    Output.print(decision.path("rules"), RULES, out);
  }
}
