package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The life of keys.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Issues, shows and ends keys.",
    subcommands = {
      KeysCommand.Issue.class,
      KeysCommand.ListAll.class,
      KeysCommand.Show.class,
      KeysCommand.Deactivate.class,
      KeysCommand.Activate.class,
      KeysCommand.Revoke.class
    })
public final class KeysCommand {
  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("KEY", "key"),
          new Output.Column("NAME", "name"),
          new Output.Column("STATUS", "status"),
          new Output.Column("CALLS/MIN", "limit"),
          new Output.Column("EXPIRES", "expiresAt"),
          new Output.Column("SCOPES", "scopes"));

  @Command(
      name = "issue",
      mixinStandardHelpOptions = true,
      description = "Issues a key, and prints its secret for the only time.")
  static final class Issue extends OperatorCommand {
    @Option(names = "--workspace", description = "Whose it is (default: the demo's).")
    private @Nullable String workspace;

    @Option(names = "--api", description = "What it opens (default: ${DEFAULT-VALUE}).")
    private String api = "dd";

    @Option(names = "--env", description = "live or test (default: the workspace's own).")
    private @Nullable String environment;

    @Option(names = "--name", required = true, description = "A label, to tell it from others.")
    private String name = "";

    @Option(names = "--scope", required = true, description = "What it may do; repeat for more.")
    private List<String> scopes = List.of();

    @Option(names = "--limit", description = "Calls a minute, 1 to 600 (default: 60).")
    private @Nullable Integer limit;

    @Option(
        names = "--expires",
        paramLabel = "DATE|INSTANT",
        description = "2027-01-31 (the end of that day, UTC) or 2027-01-31T12:00:00Z.")
    private @Nullable String expires;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var chosen = workspace == null ? client.workspace() : workspace;
      if (chosen == null) {
        throw new OperatorClient.Refused(
            "Name a workspace with --workspace; './keyreeve orgs list' shows them.");
      }
      var input = JsonNodeFactory.instance.objectNode();
      input.put("workspaceId", chosen).put("api", api).put("name", name);
      scopes.forEach(input.putArray("scopes")::add);
      if (environment != null) input.put("environment", environment);
      if (limit != null) input.put("limit", limit);
      if (expires != null) input.put("expiresAt", instant(expires));
      var issued = client.post("/keys", input);
      switch (output) {
        case JSON -> Output.print(issued, out);
        case TABLE -> {
          show(issued.path("details"), out);
          out.println();
          out.println(issued.path("secret").asText());
          out.println();
          out.println("Copy it now: it is not kept, and cannot be shown again.");
        }
      }
    }

    private static String instant(String text) {
      try {
        return LocalDate.parse(text)
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .toString();
      } catch (DateTimeParseException notADate) {
        return text;
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the keys, oldest first.")
  static final class ListAll extends OperatorCommand {
    @Option(names = "--workspace", description = "Only those of this workspace.")
    private @Nullable String workspace;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var query =
          workspace == null
              ? ""
              : "?workspaceId=" + URLEncoder.encode(workspace, StandardCharsets.UTF_8);
      var items = client.get("/keys" + query).path("items");
      switch (output) {
        case JSON -> Output.print(items, out);
        case TABLE -> Output.print(items, COLUMNS, out);
      }
    }
  }

  /// A command about one key.
  abstract static class OneKey extends OperatorCommand {
    @Parameters(
        paramLabel = "ID",
        description = "The key's id, as './keyreeve keys list' shows it.")
    private String id = "";

    abstract JsonNode ask(OperatorClient client, String path)
        throws IOException, OperatorClient.Refused;

    @Override
    final void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      if (!id.matches("[0-9A-Za-z]{12}")) {
        throw new OperatorClient.Refused("A key's id is 12 letters and digits.");
      }
      var key = ask(client, "/keys/" + id);
      switch (output) {
        case JSON -> Output.print(key, out);
        case TABLE -> show(key, out);
      }
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a key.")
  static final class Show extends OneKey {
    @Override
    JsonNode ask(OperatorClient client, String path) throws IOException, OperatorClient.Refused {
      return client.get(path);
    }
  }

  @Command(
      name = "deactivate",
      mixinStandardHelpOptions = true,
      description = "Stops a key until it is activated again.")
  static final class Deactivate extends OneKey {
    @Override
    JsonNode ask(OperatorClient client, String path) throws IOException, OperatorClient.Refused {
      return client.post(path + "/deactivate", null);
    }
  }

  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = "Lets a deactivated key work again.")
  static final class Activate extends OneKey {
    @Override
    JsonNode ask(OperatorClient client, String path) throws IOException, OperatorClient.Refused {
      return client.post(path + "/activate", null);
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends a key for ever. When it returns, no call with the key is permitted.")
  static final class Revoke extends OneKey {
    @Override
    JsonNode ask(OperatorClient client, String path) throws IOException, OperatorClient.Refused {
      return client.post(path + "/revoke", null);
    }
  }

  private static void show(JsonNode key, PrintWriter out) {
    for (var column : COLUMNS) {
      var value = key.path(column.field());
      if (!value.isMissingNode()) {
        out.printf(
            "%-10s %s%n",
            column.heading(), value.isArray() ? OperatorClient.words(value) : value.asText());
      }
    }
  }
}
