package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
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

  private static final List<Output.Column> SEEDED =
      List.of(
          new Output.Column("SEED", "seed"),
          new Output.Column("FAILURES", "failure_rate"),
          new Output.Column("CLAIMS", "claim_rate"));

  @Command(name = "clock", description = "Shows the sandbox's clock.")
  int clock(@Mixin RunningServer server, @Mixin WorkspaceOption workspace) throws IOException {
    return server.ask(
        (client, output, out) -> {
          var path = new Query("/sandbox/clock").with("workspace_id", workspace.on(client));
          show(client.get(path.toString()), CLOCK, output, out);
        });
  }

  @Command(name = "freeze", description = "Stops the clock; it can still be advanced.")
  int freeze(@Mixin RunningServer server, @Mixin WorkspaceOption workspace) throws IOException {
    return server.ask(
        (client, output, out) ->
            show(client.post("/sandbox/freeze", inputIn(client, workspace)), CLOCK, output, out));
  }

  @Command(name = "run", description = "Lets the clock run again, from where it stands.")
  int run(@Mixin RunningServer server, @Mixin WorkspaceOption workspace) throws IOException {
    return server.ask(
        (client, output, out) ->
            show(client.post("/sandbox/run", inputIn(client, workspace)), CLOCK, output, out));
  }

  @Command(
      name = "advance",
      description =
          "Moves the clock on, two weeks at a time; everything on the way happens, in its order.")
  int advance(
      @Mixin RunningServer server,
      @Mixin WorkspaceOption workspace,
      @Option(names = "--to", paramLabel = "DATE", description = "To the beginning of a day.")
          @Nullable LocalDate date,
      @Option(names = "--working-days", description = "By so many processing days of Bacs.")
          @Nullable Integer days)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          if ((date == null) == (days == null)) {
            throw new Refused("Say either --to or --working-days.");
          }
          var walk = new SandboxWalk(client, workspace.on(client), server.err());
          show(date == null ? walk.days(days) : walk.to(date), ADVANCED, output, out);
        });
  }

  @Command(
      name = "seed",
      description =
          "Has chosen parts of the debits that would be paid come back, or be claimed back; without"
              + " a seed, all are paid again.")
  int seed(
      @Mixin RunningServer server,
      @Mixin WorkspaceOption workspace,
      @Parameters(
              paramLabel = "SEED",
              arity = "0..1",
              description = "Any number; the same one chooses the same debits.")
          @Nullable Long seed,
      @Option(
              names = "--failures",
              paramLabel = "PARTS",
              description = "How many of 10,000 come back for want of funds (default: none).")
          @Nullable Integer failures,
      @Option(
              names = "--claims",
              paramLabel = "PARTS",
              description = "How many of 10,000, of the others, are claimed back (default: none).")
          @Nullable Integer claims)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          if (seed == null && (failures != null || claims != null)) {
            throw new Refused("--failures and --claims need a seed.");
          }
          var input = inputIn(client, workspace);
          if (seed != null) input.put("seed", seed);
          if (failures != null) input.put("failure_rate", failures);
          if (claims != null) input.put("claim_rate", claims);
          show(client.post("/sandbox/seed", input), SEEDED, output, out);
        });
  }

  @Command(
      name = "simulate",
      description = "Has the bank do something to a mandate or a collection, and report it.")
  int simulate(
      @Mixin RunningServer server,
      @Mixin WorkspaceOption workspace,
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

  private static ObjectNode inputIn(OperatorClient client, WorkspaceOption workspace)
      throws Refused {
    return JsonNodeFactory.instance.objectNode().put("workspace_id", workspace.on(client));
  }

  private static void show(
      JsonNode answer, List<Output.Column> columns, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(answer, out);
      case TABLE -> Output.print(answer, columns, List.of(), out);
    }
  }
}
