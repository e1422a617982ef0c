package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// The sandbox of a workspace: its clock and its bank.
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Moves a sandbox's clock, and has its bank do things.")
public final class SandboxCommand {
  private static final List<Output.Column> CLOCK =
      List.of(
          new Output.Column("NOW", "now"),
          new Output.Column("TODAY", "today"),
          new Output.Column("FROZEN", "frozen"),
          new Output.Column("PROCESSING DAY", "processing_day"));

  private static final List<Output.Column> ADVANCED =
      List.of(
          new Output.Column("FROM", "from"),
          new Output.Column("NOW", "now"),
          new Output.Column("MOMENTS", "moments"));

  private static final List<Output.Column> SIMULATED =
      List.of(
          new Output.Column("DONE", "verb"),
          new Output.Column("TO", "id"),
          new Output.Column("REPORTED IN", "report"));

  @Command(name = "clock", description = "Shows the sandbox's clock.")
  int clock(
      @Mixin RunningServer server,
      @Option(names = "--workspace", description = "Whose it is (default: the demo's).")
          @Nullable String workspace)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var path = new Query("/sandbox/clock").with("workspace_id", in(client, workspace));
          show(client.get(path.toString()), CLOCK, output, out);
        });
  }

  @Command(
      name = "advance",
      description = "Moves the clock on; everything on the way happens, in its order.")
  int advance(
      @Mixin RunningServer server,
      @Option(names = "--workspace", description = "Whose it is (default: the demo's).")
          @Nullable String workspace,
      @Option(names = "--to", paramLabel = "DATE", description = "To the beginning of a day.")
          @Nullable String date,
      @Option(names = "--working-days", description = "By so many processing days of Bacs.")
          @Nullable Integer days)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          if ((date == null) == (days == null)) {
            throw new Refused("Say either --to or --working-days.");
          }
          var input = inputIn(client, workspace);
          if (date != null) input.put("date", date);
          if (days != null) input.put("days", days);
          var path = date == null ? "/sandbox/advance-working-days" : "/sandbox/advance-to";
          show(client.post(path, input), ADVANCED, output, out);
        });
  }

  @Command(
      name = "simulate",
      description = "Has the bank do something to a mandate or a collection, and report it.")
  int simulate(
      @Mixin RunningServer server,
      @Option(names = "--workspace", description = "Whose it is (default: the demo's).")
          @Nullable String workspace,
      @Parameters(paramLabel = "VERB", description = "Such as mandate_cancelled or debit_failed.")
          String verb,
      @Parameters(paramLabel = "ID", description = "The mandate, or the collection.") String id)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var input = inputIn(client, workspace).put("verb", verb).put("id", id);
          show(client.post("/sandbox/simulate", input), SIMULATED, output, out);
        });
  }

  private static ObjectNode inputIn(OperatorClient client, @Nullable String workspace)
      throws Refused {
    return JsonNodeFactory.instance.objectNode().put("workspace_id", in(client, workspace));
  }

  private static String in(OperatorClient client, @Nullable String workspace) throws Refused {
    var named = workspace == null ? client.workspace() : workspace;
    if (named == null) throw new Refused("Name a workspace with --workspace.");
    return named;
  }

  private static void show(
      JsonNode answer, List<Output.Column> columns, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(answer, out);
      case TABLE -> Output.print(answer, columns, List.of(), out);
    }
  }
}
