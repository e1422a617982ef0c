package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who belongs to an organisation.
@Command(
    name = "members",
    mixinStandardHelpOptions = true,
    description = "Invites, shows and removes the members of an organisation.",
    subcommands = {
      MembersCommand.ListAll.class,
      MembersCommand.Invite.class,
      MembersCommand.ChangeRole.class,
      MembersCommand.Remove.class,
      MembersCommand.ResetPassword.class
    })
public final class MembersCommand {
  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("EMAIL", "email"),
          new Output.Column("NAME", "name"),
          new Output.Column("ROLE", "role"),
          new Output.Column("SINCE", "created_at"));

  /// A command about one organisation.
  abstract static class InOrganisation extends OperatorCommand {
    @Option(
        names = "--org",
        paramLabel = "ORGANISATION",
        description = "Which one; it can be left out where there is only one.")
    private @Nullable String organisation;

    /// The one that is named, or the only one.
    final String organisation(OperatorClient client) throws IOException, OperatorClient.Refused {
      if (organisation != null) return organisation;

      var all = client.get("/organisations").path("items");
      if (all.size() == 1) return all.get(0).path("id").asText();

      throw new OperatorClient.Refused(
          "Name an organisation with --org; './keyreeve orgs list' shows them.");
    }

    /// As the query of a call without a body.
    final String query(OperatorClient client) throws IOException, OperatorClient.Refused {
      return "?organisation_id=" + escaped(organisation(client));
    }

    /// The id of the member with this id or e-mail address.
    final String member(OperatorClient client, String named)
        throws IOException, OperatorClient.Refused {
      for (var member : client.get("/members" + query(client)).path("items")) {
        if (member.path("id").asText().equals(named)
            || member.path("email").asText().equalsIgnoreCase(named)) {
          return escaped(member.path("id").asText());
        }
      }
      throw new OperatorClient.Refused(
          "There is no such member; './keyreeve members list' shows them.");
    }

    private static String escaped(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /// A command about one member.
  abstract static class OneMember extends InOrganisation {
    @Parameters(
        index = "0",
        paramLabel = "MEMBER",
        description = "The member's e-mail address or id.")
    private String named = "";

    final String member(OperatorClient client) throws IOException, OperatorClient.Refused {
      return member(client, named);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the members, oldest first.")
  static final class ListAll extends InOrganisation {
    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var items = client.get("/members" + query(client)).path("items");
      switch (output) {
        case JSON -> Output.print(items, out);
        case TABLE -> Output.print(items, COLUMNS, out);
      }
    }
  }

  @Command(
      name = "invite",
      mixinStandardHelpOptions = true,
      description = "Invites somebody, and prints the invitation's token for the only time.")
  static final class Invite extends InOrganisation {
    @Parameters(paramLabel = "EMAIL", description = "Whom.")
    private String email = "";

    @Option(
        names = "--role",
        description = "viewer, operator, admin or owner (default: ${DEFAULT-VALUE}).")
    private String role = "viewer";

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var input = JsonNodeFactory.instance.objectNode();
      input.put("email", email).put("role", role).put("organisation_id", organisation(client));
      var invitation = client.post("/members/invitations", input);
      switch (output) {
        case JSON -> Output.print(invitation, out);
        case TABLE -> showToken(invitation, out);
      }
    }
  }

  @Command(
      name = "role",
      mixinStandardHelpOptions = true,
      description = "Gives a member another role.")
  static final class ChangeRole extends OneMember {
    @Parameters(index = "1", paramLabel = "ROLE", description = "viewer, operator, admin or owner.")
    private String role = "";

    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var input = JsonNodeFactory.instance.objectNode();
      input.put("role", role).put("organisation_id", organisation(client));
      show(client.post("/members/" + member(client) + "/role", input), output, out);
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a member. When it returns, the member's sessions are over.")
  static final class Remove extends OneMember {
    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      show(client.delete("/members/" + member(client) + query(client)), output, out);
    }
  }

  @Command(
      name = "reset-password",
      mixinStandardHelpOptions = true,
      description =
          "Lets a member choose a new password, and prints the token for it for the only time.")
  static final class ResetPassword extends OneMember {
    @Override
    void run(OperatorClient client, Output output, PrintWriter out)
        throws IOException, OperatorClient.Refused {
      var input = JsonNodeFactory.instance.objectNode();
      input.put("organisation_id", organisation(client));
      var reset = client.post("/members/" + member(client) + "/reset-password", input);
      switch (output) {
        case JSON -> Output.print(reset, out);
        case TABLE -> showToken(reset, out);
      }
    }
  }

  private static void show(JsonNode member, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(member, out);
      case TABLE -> Output.print(JsonNodeFactory.instance.arrayNode().add(member), COLUMNS, out);
    }
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
