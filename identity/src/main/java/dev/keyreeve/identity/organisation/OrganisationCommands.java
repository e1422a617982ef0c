package dev.keyreeve.identity.organisation;

import static dev.keyreeve.identity.organisation.OrganisationProcedures.*;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.command.Flag;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.command.Word;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// The organisations on a server, on its command line.
public final class OrganisationCommands {
  private static final Table LISTED =
      Table.of(
          column("ORGANISATION", "id"),
          column("NAME", "name"),
          column("PLAN", "plan"),
          column("CALLS/MIN", "calls_per_minute"),
          column("WORKSPACE", "workspace_id"),
          column("ENVIRONMENT", "environment"));

  private static final Table SHOWN =
      LISTED.and(
          column("SUSPENDED", "suspended"),
          column("REASON", "suspend_reason"),
          column("ALLOWED FROM", "ip_allow_list"),
          column("CREATED", "created_at"));

  private static final Flag ID =
      flag("id", "ID", "The organisation's id, as './keyreeve orgs list' shows it.");

  private OrganisationCommands() {}

  public static Word group() {
    return Word.group(
        "orgs",
        "Creates, shows and changes organisations.",
        command("create", ORGANISATIONS_CREATE)
            .with(
                flag("name", "Its name."),
                flag("plan", "%s (default: standard)."),
                flag("environment", "--env", "live, or test for a sandbox (default: live)."),
                flag(
                    "calls_per_minute",
                    "The limit of all its keys together, in place of the plan's."))
            .showing(OrganisationCommands::showCreated),
        command(
                "update",
                "Changes an organisation; what is not named stays.",
                ORGANISATIONS_UPDATE,
                ORGANISATIONS_CHANGE_PLAN)
            .with(
                ID,
                flag("name", "Its name."),
                flag("plan"),
                flag(
                        "calls_per_minute",
                        "--calls-per-minute NUMBER|plan",
                        "The limit of all its keys together; 'plan' for the plan's own.")
                    .filling("plan_limit")
                    .read((texts, input, _) -> readLimit(texts, input)),
                flag(
                        "ip_allow_list",
                        "--allow ADDRESS|RANGE|anywhere",
                        "Where its keys may be used from, in place of the list before; repeat.")
                    .none("anywhere"))
            .doing(OrganisationCommands::update),
        command("list", "Lists the organisations, oldest first.", ORGANISATIONS_LIST)
            .listing(LISTED),
        command("resume", ORGANISATIONS_RESUME).with(ID).showing(SHOWN::facts),
        command("show", ORGANISATIONS_GET).with(ID).showing(SHOWN::facts),
        command("suspend", ORGANISATIONS_SUSPEND)
            .with(ID, flag("reason", "For the record."))
            .showing(SHOWN::facts));
  }

  private static void showCreated(JsonNode created, PrintWriter out) {
    out.println("Organisation  " + created.path("id").asText());
    out.println("Workspace     " + created.path("workspace_id").asText());
  }

  private static void readLimit(List<String> texts, ObjectNode input) throws Refusal {
    var text = texts.getLast();
    if (text.equals("plan")) {
      input.put("plan_limit", true);
    } else if (text.matches("[1-9][0-9]{0,6}")) {
      input.put("calls_per_minute", Integer.parseInt(text));
    } else {
      throw new Refusal("--calls-per-minute is a number from 1 to 1000000, or 'plan'.");
    }
  }

  private static void update(Invocation typed) throws IOException, Refusal {
    if (typed.isFor(ORGANISATIONS_CHANGE_PLAN, ORGANISATIONS_UPDATE)) {
      typed.call(ORGANISATIONS_CHANGE_PLAN);
    }
    typed.show(typed.call(ORGANISATIONS_UPDATE), SHOWN::facts);
  }
}
