package dev.keyreeve.identity.member;

import static dev.keyreeve.identity.member.MemberProcedures.*;
import static dev.keyreeve.identity.organisation.OrganisationProcedures.ORGANISATIONS_LIST;
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

/// Who belongs to an organisation, on a server's command line.
public final class MemberCommands {
  private static final String ORGANISATION_ID = "organisation_id";

  private static final Table LISTED =
      Table.of(
          column("ID", "id"),
          column("EMAIL", "email"),
          column("NAME", "name"),
          column("ROLE", "role"),
          column("SINCE", "created_at"));

  private static final Flag ORGANISATION =
      flag(
              ORGANISATION_ID,
              "--org ORGANISATION",
              "Which one; it can be left out where there is only one.")
          .orElse(MemberCommands::onlyOne);

  /// Stands behind the organisation, in which it is looked up.
  private static final Flag MEMBER =
      flag("id", "MEMBER", "The member's e-mail address or id.").read(MemberCommands::find);

  private MemberCommands() {}

  public static Word group() {
    return Word.group(
        "members",
        "Invites, shows and removes the members of an organisation.",
        command("list", "Lists the members, oldest first.", MEMBERS_LIST)
            .with(ORGANISATION)
            .listing(LISTED),
        command(
                "invite",
                "Invites somebody, and prints the invitation's token for the only time.",
                INVITATIONS_CREATE)
            .with(
                ORGANISATION,
                flag("email", "EMAIL", "Whom."),
                flag("role", "%s (default: viewer).")
                    .orElse((input, _) -> input.put("role", "viewer")))
            .showing(MemberCommands::showToken),
        command("role", "Gives a member another role.", MEMBERS_CHANGE_ROLE)
            .with(ORGANISATION, MEMBER, flag("role", "ROLE", "%s."))
            .showing(LISTED::rows),
        command(
                "remove",
                "Removes a member. When it returns, the member's sessions are over.",
                MEMBERS_REMOVE)
            .with(ORGANISATION, MEMBER)
            .showing(LISTED::rows),
        command(
                "reset-password",
                "Lets a member choose a new password, and prints the token for it for the only"
                    + " time.",
                MEMBERS_RESET_PASSWORD)
            .with(ORGANISATION, MEMBER)
            .showing(MemberCommands::showToken));
  }

  private static void onlyOne(ObjectNode input, Invocation typed) throws IOException, Refusal {
    var all = typed.call(ORGANISATIONS_LIST).path("items");
    if (all.size() != 1) {
      throw new Refusal("Name an organisation with --org; './keyreeve orgs list' shows them.");
    }
    input.put(ORGANISATION_ID, all.get(0).path("id").asText());
  }

  /// Finds a member by id or e-mail address.
  private static void find(List<String> texts, ObjectNode input, Invocation typed)
      throws IOException, Refusal {
    var named = texts.getLast();
    var organisation = input.deepCopy().retain(ORGANISATION_ID);
    for (var member : typed.call(MEMBERS_LIST, organisation).path("items")) {
      if (member.path("id").asText().equals(named)
          || member.path("email").asText().equalsIgnoreCase(named)) {
        input.put("id", member.path("id").asText());
        return;
      }
    }
    throw new Refusal("There is no such member; './keyreeve members list' shows them.");
  }

  private static void showToken(JsonNode answer, PrintWriter out) {
    out.printf("%-8s %s%n", "FOR", answer.path("email").asText());
    out.printf("%-8s %s%n", "UNTIL", answer.path("expires_at").asText());
    out.println();
    out.println(answer.path("token").asText());
    out.println();
    out.println("Pass it on now: it is not kept, and cannot be shown again.");
  }
}
