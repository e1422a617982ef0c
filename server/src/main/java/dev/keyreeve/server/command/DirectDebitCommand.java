package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// What is exchanged with banks by files.
@Command(
    name = "dd",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = GoCardlessCommand.class,
    description = "Lists submissions, brings in banks' reports, and sets up GoCardless.")
public final class DirectDebitCommand {
  private static final List<Output.Column> SUBMISSIONS =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("SERIAL", "serial"),
          new Output.Column("STATUS", "status"),
          new Output.Column("INPUT DAY", "input_day"),
          new Output.Column("DEBITS", "debits"),
          new Output.Column("PENCE", "debit_total"),
          new Output.Column("INSTRUCTIONS", "instructions"));

  private static final List<Output.Column> REPORTS =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("KIND", "kind"),
          new Output.Column("STATUS", "status"),
          new Output.Column("APPLIED", "applied"),
          new Output.Column("PARKED", "parked"),
          new Output.Column("REPEATED", "repeated"));

  @Command(name = "submissions", description = "Lists what was submitted, newest first.")
  int submissions(@Mixin RunningServer server, @Mixin WorkspaceOption workspace)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var path = new Query("/submissions").with("workspace_id", workspace.on(client));
          var items = client.get(path.toString()).path("items");
          switch (output) {
            case JSON -> Output.print(items, out);
            case TABLE -> Output.print(items, SUBMISSIONS, out);
          }
        });
  }

  @Command(
      name = "import-report",
      description = "Brings in reports of the bank; one that came before changes nothing.")
  int importReport(
      @Mixin RunningServer server,
      @Mixin WorkspaceOption workspace,
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "As the bank sent them.")
          List<Path> files)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var reports = JsonNodeFactory.instance.arrayNode();
          for (var file : files) {
            var input =
                JsonNodeFactory.instance
                    .objectNode()
                    .put("workspace_id", workspace.on(client))
                    .put("content", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            reports.add(client.post("/bank-reports", input));
          }
          switch (output) {
            case JSON -> Output.print(reports, out);
            case TABLE -> Output.print(reports, REPORTS, out);
          }
          refuseUnread(files, reports);
        });
  }

  /// Ends with what is wrong with reports that were kept, but not done.
  private static void refuseUnread(List<Path> files, JsonNode reports) throws Refused {
    var faults = new ArrayList<String>();
    for (int i = 0; i < files.size(); i++) {
      for (var fault : reports.get(i).path("faults")) {
        faults.add(
            files.get(i)
                + ", line "
                + fault.path("line").asInt()
                + ": "
                + fault.path("problem").asText());
      }
    }
    if (!faults.isEmpty()) {
      throw new Refused("Kept, but not done:\n  " + String.join("\n  ", faults));
    }
  }
}
