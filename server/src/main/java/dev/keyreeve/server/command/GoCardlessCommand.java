package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// Service users that collect by GoCardless. Tokens and secrets come from files, since what stands
/// on a command line is seen by others.
@Command(
    name = "gocardless",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Sets up service users that collect by GoCardless.")
public final class GoCardlessCommand {
  private static final List<Output.Column> ACCOUNT =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("ENVIRONMENT", "environment"),
          new Output.Column("WEBHOOKS TO", "webhook_path"),
          new Output.Column("SECRETS", "webhook_secrets"),
          new Output.Column("EVENTS READ", "polled_at"),
          new Output.Column("TROUBLE", "trouble"));

  private static final List<Output.Column> DIFFERENCES =
      List.of(
          new Output.Column("KIND", "kind"),
          new Output.Column("REFERENCE", "reference"),
          new Output.Column("ID", "id"),
          new Output.Column("HERE", "here"),
          new Output.Column("THERE", "there"));

  @Command(name = "add", description = "Adds a service user that collects by GoCardless.")
  int add(
      @Mixin RunningServer server,
      @Parameters(paramLabel = "NAME", description = "As payers read it on their statements.")
          String name,
      @Option(
              names = "--environment",
              paramLabel = "sandbox|live",
              required = true,
              description = "Which of GoCardless's two the token is for.")
          String environment,
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              required = true,
              description = "Holds the access token; for its owner alone.")
          Path tokenFile,
      @Option(
              names = "--webhook-secret-file",
              paramLabel = "FILE",
              description = "Holds what GoCardless signs webhooks with; for its owner alone.")
          @Nullable Path secretFile,
      @Option(
              names = "--creditor",
              description = "Which of the account's creditors collects, where it has several.")
          @Nullable String creditor)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var input =
              given(tokenFile, secretFile, creditor)
                  .put("name", name)
                  .put("environment", environment);
          show(client.post("/service-users/gocardless", input), output, out);
        });
  }

  @Command(
      name = "set",
      description =
          "Puts another token, another creditor or a newer webhook secret; the secret before it"
              + " stays good until --forget-older-secret.")
  int set(
      @Mixin RunningServer server,
      @Parameters(paramLabel = "ID", description = "Of the service user.") String id,
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              description = "Holds the access token; for its owner alone.")
          @Nullable Path tokenFile,
      @Option(
              names = "--webhook-secret-file",
              paramLabel = "FILE",
              description = "Holds what GoCardless signs webhooks with; for its owner alone.")
          @Nullable Path secretFile,
      @Option(names = "--creditor", description = "Which of the account's creditors collects.")
          @Nullable String creditor,
      @Option(
              names = "--forget-older-secret",
              description = "Refuse webhooks that are signed with the older secret.")
          boolean forgets)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var input = given(tokenFile, secretFile, creditor);
          if (forgets) input.put("forget_older_secret", true);
          show(client.put("/service-users/" + id + "/gocardless", input), output, out);
        });
  }

  @Command(name = "show", description = "Shows how a service user reaches GoCardless.")
  int show(
      @Mixin RunningServer server,
      @Parameters(paramLabel = "ID", description = "Of the service user.") String id)
      throws IOException {
    return server.ask(
        (client, output, out) ->
            show(client.get("/service-users/" + id + "/gocardless"), output, out));
  }

  @Command(
      name = "compare",
      description =
          "Compares mandates and payments with those of GoCardless, and lists what differs.")
  int compare(
      @Mixin RunningServer server,
      @Parameters(paramLabel = "ID", description = "Of the service user.") String id)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var compared = client.get("/service-users/" + id + "/gocardless/comparison");
          switch (output) {
            case JSON -> Output.print(compared, out);
            case TABLE -> Output.print(compared.path("differences"), DIFFERENCES, out);
          }
        });
  }

  private static ObjectNode given(
      @Nullable Path tokenFile, @Nullable Path secretFile, @Nullable String creditor)
      throws Refused {
    var input = JsonNodeFactory.instance.objectNode();
    if (tokenFile != null) input.put("access_token", secretIn(tokenFile));
    if (secretFile != null) input.put("webhook_secret", secretIn(secretFile));
    if (creditor != null) input.put("creditor", creditor);
    return input;
  }

  private static String secretIn(Path file) throws Refused {
    try {
      return OwnerOnlyFile.read(file).strip();
    } catch (IllegalStateException open) {
      throw new Refused(String.valueOf(open.getMessage()));
    } catch (UncheckedIOException unreadable) {
      throw new Refused("The file " + file + " cannot be read.");
    }
  }

  private static void show(JsonNode account, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(account, out);
      case TABLE -> Output.print(account, ACCOUNT, List.of(), out);
    }
  }
}
