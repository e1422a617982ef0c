package dev.keyreeve.identity.explain;

import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.procedure.command.Command;
import dev.keyreeve.procedure.command.Table;
import java.io.PrintWriter;

/// Why a call was, or would be, permitted or refused, on a server's command line.
public final class ExplainCommand {
  private static final Table RULES =
      Table.of(
          column("RULE", "rule"),
          column("HOLDS", "holds"),
          column("SAW", "saw"),
          column("REFUSES WITH", "reason"));

  private ExplainCommand() {}

  public static Command command() {
    return Command.command(
            "explain",
            "Tells rule by rule why a request was decided as it was, or how a key's call would be."
                + " Spends nothing.",
            ExplainProcedures.DECISIONS_EXPLAIN)
        .with(
            flag("request_id", "REQUEST_ID", "A request, by the id in its answer's X-Request-Id."),
            flag("key_id", "--key ID", "A key that might call."),
            flag("procedure", "What it might call, such as mandates.cancel."),
            flag("address", "--from ADDRESS", "Where from."),
            flag("at", "--at INSTANT", "When (default: now)."))
        .showing((explained, out) -> explained.path("calls").forEach(call -> show(call, out)));
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
    RULES.rows(decision.path("rules"), out);
  }
}
