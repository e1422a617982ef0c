package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The organisations on this server.
@Command(
    name = "orgs",
    mixinStandardHelpOptions = true,
    description = "Creates and lists organisations.",
    subcommands = {OrganisationsCommand.Create.class, OrganisationsCommand.ListAll.class})
public final class OrganisationsCommand {
  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("ORGANISATION", "id"),
          new Output.Column("NAME", "name"),
          new Output.Column("PLAN", "plan"),
          new Output.Column("CALLS/MIN", "callsPerMinute"),
          new Output.Column("WORKSPACE", "workspaceId"),
          new Output.Column("ENVIRONMENT", "environment"));

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates an organisation with its first workspace.")
  static final class Create extends OperatorCommand {
    @Option(names = "--name", required = true, description = "Its name.")
    private String name = "";

    @Option(
        names = "--plan",
        description = "standard, professional or enterprise (default: standard).")
    private @Nullable String plan;

    @Option(names = "--env", description = "live, or test for a sandbox (default: live).")
    private @Nullable String environment;

    @Option(
        names = "--calls-per-minute",
        description = "The limit of all its keys together; for an enterprise plan.")
    private @Nullable Integer callsPerMinute;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var input = JsonNodeFactory.instance.objectNode().put("name", name);
      if (plan != null) input.put("plan", plan);
      if (environment != null) input.put("environment", environment);
      if (callsPerMinute != null) input.put("callsPerMinute", callsPerMinute);
      var created = client.post("/organisations", input);
      switch (output) {
        case JSON -> Output.print(created, out);
        case TABLE -> {
          out.println("Organisation  " + created.path("id").asText());
          out.println("Workspace     " + created.path("workspaceId").asText());
        }
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the organisations, oldest first.")
  static final class ListAll extends OperatorCommand {
    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var items = client.get("/organisations").path("items");
      switch (output) {
        case JSON -> Output.print(items, out);
        case TABLE -> Output.print(items, COLUMNS, out);
      }
    }
  }
}
