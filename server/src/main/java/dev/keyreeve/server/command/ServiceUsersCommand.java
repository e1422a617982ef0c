package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// By whom workspaces collect.
@Command(
    name = "service-users",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Adds and lists service users of Bacs, and says who collects by which.")
public final class ServiceUsersCommand {
  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("SCHEME", "scheme"),
          new Output.Column("NUMBER", "number"),
          new Output.Column("NAME", "name"),
          new Output.Column("ACCOUNT", "last4"),
          new Output.Column("MAX PENCE", "max_amount"),
          new Output.Column("WORKSPACES", "workspace_ids"));

  private static final List<Output.Column> COLLECTOR =
      List.of(
          new Output.Column("WORKSPACE", "workspace_id"),
          new Output.Column("SERVICE USER", "service_user_id"),
          new Output.Column("NOTICE DAYS", "notice_days"),
          new Output.Column("DORMANCY MONTHS", "dormancy_months"),
          new Output.Column("MAX RETRIES", "max_retries"),
          new Output.Column("RETRY DAYS", "retry_days"),
          new Output.Column("ON HOLD", "on_hold"));

  @Command(name = "list", description = "Lists the service users, oldest first.")
  int list(@Mixin RunningServer server) throws IOException {
    return server.ask(
        (client, output, out) -> {
          var items = client.get("/service-users").path("items");
          switch (output) {
            case JSON -> Output.print(items, out);
            case TABLE -> Output.print(items, COLUMNS, out);
          }
        });
  }

  @Command(name = "create", description = "Adds a service user that collects by Bacs files.")
  int create(
      @Mixin RunningServer server,
      @Option(names = "--number", required = true, description = "The six digits that Bacs gave.")
          String number,
      @Option(
              names = "--name",
              required = true,
              description = "As payers read it on their statements.")
          String name,
      @Option(
              names = "--sort-code",
              required = true,
              description = "Of the account that is credited.")
          String sortCode,
      @Option(
              names = "--account-number",
              required = true,
              description = "Of the account that is credited.")
          String accountNumber,
      @Option(
              names = "--max-amount",
              paramLabel = "PENCE",
              description = "Of one debit (default: 10000000).")
          @Nullable Long maxAmount)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var input =
              JsonNodeFactory.instance
                  .objectNode()
                  .put("number", number)
                  .put("name", name)
                  .put("sort_code", sortCode)
                  .put("account_number", accountNumber);
          if (maxAmount != null) input.put("max_amount", maxAmount);
          show(client.post("/service-users", input), COLUMNS, output, out);
        });
  }

  @Command(
      name = "assign",
      description =
          "Has a workspace collect by a service user, or changes how it collects; what is not named"
              + " stays.")
  int assign(
      @Mixin RunningServer server,
      @Mixin WorkspaceOption workspace,
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              description = "The service user's id, as './keyreeve service-users list' shows it.")
          @Nullable String id,
      @Option(
              names = "--notice-days",
              description = "Processing days between an advance notice and its debit.")
          @Nullable Integer noticeDays,
      @Option(
              names = "--dormancy-months",
              description = "Months without a debit after which banks may drop an instruction.")
          @Nullable Integer dormancyMonths,
      @Option(
              names = "--max-retries",
              description = "How often a debit is presented again, 0 to 4.")
          @Nullable Integer maxRetries,
      @Option(
              names = "--retry-days",
              description = "Processing days between a return and the next presentation.")
          @Nullable Integer retryDays,
      @Option(
              names = "--on-hold",
              paramLabel = "skip|shift",
              description =
                  "What becomes of a debit that falls due while its mandate is suspended.")
          @Nullable String onHold)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var input = JsonNodeFactory.instance.objectNode();
          if (id != null) input.put("service_user_id", id);
          if (noticeDays != null) input.put("notice_days", noticeDays);
          if (dormancyMonths != null) input.put("dormancy_months", dormancyMonths);
          if (maxRetries != null) input.put("max_retries", maxRetries);
          if (retryDays != null) input.put("retry_days", retryDays);
          if (onHold != null) input.put("on_hold", onHold);
          var path = "/workspaces/" + workspace.on(client) + "/collector";
          show(client.put(path, input), COLLECTOR, output, out);
        });
  }

  private static void show(
      JsonNode answer, List<Output.Column> columns, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(answer, out);
      case TABLE -> Output.print(answer, columns, List.of(), out);
    }
  }
}
