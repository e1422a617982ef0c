package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// The organisations on this server.
@Command(
    name = "orgs",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Creates, shows and changes organisations.",
    subcommands = {OrganisationsCommand.Create.class, OrganisationsCommand.Update.class})
public final class OrganisationsCommand {
  private static final String ID = "The organisation's id, as './keyreeve orgs list' shows it.";

  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("ORGANISATION", "id"),
          new Output.Column("NAME", "name"),
          new Output.Column("PLAN", "plan"),
          new Output.Column("CALLS/MIN", "calls_per_minute"),
          new Output.Column("WORKSPACE", "workspace_id"),
          new Output.Column("ENVIRONMENT", "environment"));

  private static final List<Output.Column> MORE =
      List.of(
          new Output.Column("SUSPENDED", "suspended"),
          new Output.Column("REASON", "suspend_reason"),
          new Output.Column("ALLOWED FROM", "ip_allow_list"),
          new Output.Column("CREATED", "created_at"));

  @Command(name = "create", description = "Creates an organisation with its first workspace.")
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
        description = "The limit of all its keys together, in place of the plan's.")
    private @Nullable Integer callsPerMinute;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out) throws IOException, Refused {
      var input = JsonNodeFactory.instance.objectNode().put("name", name);
      if (plan != null) input.put("plan", plan);
      if (environment != null) input.put("environment", environment);
      if (callsPerMinute != null) input.put("calls_per_minute", callsPerMinute);
      var created = client.post("/organisations", input);
      switch (output) {
        case JSON -> Output.print(created, out);
        case TABLE -> {
          out.println("Organisation  " + created.path("id").asText());
          out.println("Workspace     " + created.path("workspace_id").asText());
        }
      }
    }
  }

  @Command(name = "update", description = "Changes an organisation; what is not named stays.")
  static final class Update extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = ID)
    private String id = "";

    @Option(names = "--name", description = "Its name.")
    private @Nullable String name;

    @Option(names = "--plan", description = "standard, professional or enterprise.")
    private @Nullable String plan;

    @Option(
        names = "--calls-per-minute",
        paramLabel = "NUMBER|plan",
        description = "The limit of all its keys together; 'plan' for the plan's own.")
    private @Nullable String callsPerMinute;

    @Option(
        names = "--allow",
        paramLabel = "ADDRESS|RANGE|anywhere",
        description = "Where its keys may be used from, in place of the list before; repeat.")
    private List<String> allow = List.of();

    @Override
    void run(OperatorClient client, Output output, PrintWriter out) throws IOException, Refused {
      var paid = JsonNodeFactory.instance.objectNode();
      if (plan != null) paid.put("plan", plan);
      if (callsPerMinute != null) putLimit(paid, callsPerMinute);
      var input = JsonNodeFactory.instance.objectNode();
      if (name != null) input.put("name", name);
      if (!allow.isEmpty()) {
        var list = input.putArray("ip_allow_list");
        if (!allow.equals(List.of("anywhere"))) allow.forEach(list::add);
      }
      if (!paid.isEmpty()) client.put(path(id) + "/plan", paid);
      show(client.put(path(id), input), output, out);
    }

    private static void putLimit(ObjectNode input, String text) throws Refused {
      if (text.equals("plan")) {
        input.put("plan_limit", true);
      } else if (text.matches("[1-9][0-9]{0,6}")) {
        input.put("calls_per_minute", Integer.parseInt(text));
      } else {
        throw new Refused("--calls-per-minute is a number from 1 to 1000000, or 'plan'.");
      }
    }
  }

  @Command(name = "list", description = "Lists the organisations, oldest first.")
  int list(@Mixin RunningServer server) throws IOException {
    return server.ask(
        (client, output, out) -> {
          var items = client.get("/organisations").path("items");
          switch (output) {
            case JSON -> Output.print(items, out);
            case TABLE -> Output.print(items, COLUMNS, out);
          }
        });
  }

  @Command(name = "show", description = "Shows an organisation.")
  int show(@Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return server.ask((client, output, out) -> show(client.get(path(id)), output, out));
  }

  @Command(
      name = "suspend",
      description = "Refuses all calls of an organisation until it is resumed.")
  int suspend(
      @Mixin RunningServer server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--reason", description = "For the record.") @Nullable String reason)
      throws IOException {
    var input = JsonNodeFactory.instance.objectNode();
    if (reason != null) input.put("reason", reason);
    return server.ask(
        (client, output, out) -> show(client.post(path(id) + "/suspend", input), output, out));
  }

  @Command(name = "resume", description = "Lets a suspended organisation call again.")
  int resume(
      @Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return server.ask(
        (client, output, out) -> show(client.post(path(id) + "/resume", null), output, out));
  }

  private static String path(String id) {
    return "/organisations/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private static void show(JsonNode organisation, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(organisation, out);
      case TABLE -> Output.print(organisation, COLUMNS, MORE, out);
    }
  }
}
