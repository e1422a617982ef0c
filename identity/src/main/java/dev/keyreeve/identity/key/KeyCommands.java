package dev.keyreeve.identity.key;

import static dev.keyreeve.identity.key.KeyProcedures.*;
import static dev.keyreeve.procedure.command.Command.command;
import static dev.keyreeve.procedure.command.Flag.*;
import static dev.keyreeve.procedure.command.Table.column;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.platform.tenancy.WorkspaceFlag;
import dev.keyreeve.procedure.command.Command;
import dev.keyreeve.procedure.command.Flag;
import dev.keyreeve.procedure.command.Invocation;
import dev.keyreeve.procedure.command.Refusal;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.command.Word;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The life of keys, on a server's command line.
public final class KeyCommands {
  private static final Table LISTED =
      Table.of(
          column("ID", "id"),
          column("KEY", "key_prefix"),
          column("NAME", "name"),
          column("STATUS", "status"),
          column("CALLS/MIN", "rate_limit"),
          column("REQUESTS", "request_count"),
          column("LAST USED", "last_used_at"),
          column("EXPIRES", "expires_at"),
          column("SCOPES", "scopes"));

  private static final Table SHOWN =
      LISTED.and(
          column("WORKSPACE", "workspace_id"),
          column("ALLOWED FROM", "ip_allow_list"),
          column("TAGS", "tags"),
          column("NOT BEFORE", "not_before"),
          column("CREATED", "created_at"),
          column("CREATED BY", "created_by"),
          column("REVOKED", "revoked_at"),
          column("REASON", "revoke_reason"),
          column("LEAKED", "leaked_at"));

  private static final Table ENTRIES =
      Table.of(
          column("WHEN", "at"),
          column("WHAT", "action"),
          column("WHO", "actor_name"),
          column("FROM", "address"));

  private static final Flag ID =
      flag("id", "ID", "The key's id, as './keyreeve keys list' shows it.");
  private static final String EXPIRES =
      "2027-01-31 (the end of that day in London) or 2027-01-31T12:00:00Z.";

  private KeyCommands() {}

  public static Word group() {
    return Word.group(
        "keys",
        "Issues, shows, changes and ends keys.",
        issue(),
        update(),
        revoke(),
        become("activate", "Lets a deactivated key work again.", true),
        command("activity", "Tells what was done to a key, newest first.", KEYS_ACTIVITY)
            .with(ID)
            .listing(ENTRIES),
        become("deactivate", "Stops a key until it is activated again.", false),
        command("delete", "Ends a key for ever and shows it no more.", KEYS_DELETE)
            .with(ID)
            .showing(KeyCommands::show),
        command("list", "Lists keys, newest first.", KEYS_LIST)
            .with(
                flag("workspace_id", "--workspace <workspace>", "Only those of this workspace."),
                flag("status"),
                flag("tag", "Only those with this tag."),
                flag("created_by", "Only those that this person issued."),
                flag("order", "%s first."))
            .listing(LISTED),
        command(
                "regenerate",
                "Gives a key another secret; the old one is dead when it returns.",
                KEYS_REGENERATE)
            .with(ID)
            .showing(KeyCommands::showSecret),
        reportLeaked(),
        command("rotate", KEYS_ROTATE)
            .with(
                ID,
                flag(
                    "overlap_seconds",
                    "--overlap SECONDS",
                    "For how long both work, at most 30 days (default: 86400, a day)."),
                flag("reason", "%s; compromised leaves no overlap."))
            .showing(KeyCommands::showSecret),
        command("show", KEYS_GET).with(ID).showing(KeyCommands::show));
  }

  private static Command issue() {
    return command("issue", "Issues a key, and prints its secret for the only time.", KEYS_ISSUE)
        .with(
            WorkspaceFlag.of("workspace_id"),
            flag("api", "What it opens (default: the only API there is)."),
            flag("environment", "--env", "%s (default: the workspace's own)."),
            flag("name", "A label, to tell it from others."),
            flag("scopes", "--scope", "What it may do; repeat for more."),
            flag("rate_limit", "--limit <limit>", "Calls a minute, %s (default: 60)."),
            expires("DATE|INSTANT"),
            flag("not_before", "--not-before INSTANT", "When it begins to work."),
            flag(
                "ip_allow_list",
                "--allow ADDRESS|RANGE",
                "Where it may be used from; repeat for more (default: anywhere)."),
            flag("tags", "--tag", "To find it by; repeat for more."),
            flag(
                "idempotency_key",
                "A name for this call: carried out once, however often it is sent."))
        .showing(KeyCommands::showSecret);
  }

  private static Command update() {
    return command("update", "Changes a key in use; what is not named stays.", KEYS_UPDATE)
        .with(
            ID,
            flag("name", "Its label."),
            flag("scopes", "--scope", "What it may do from now on; repeat for more."),
            flag("rate_limit", "--limit <limit>", "Calls a minute, %s."),
            expires("DATE|INSTANT|never").filling("never_expires"),
            flag(
                    "ip_allow_list",
                    "--allow ADDRESS|RANGE|anywhere",
                    "Where it may be used from, in place of the list before; repeat for more.")
                .none("anywhere"),
            flag("tags", "--tag", "In place of the tags before; repeat for more, or '' for none.")
                .none(""),
            // The commands activate and deactivate are for this.
            without("is_active"))
        .showing(KeyCommands::show);
  }

  private static Flag expires(String label) {
    return flag("expires_on", "--expires " + label, EXPIRES)
        .filling("expires_at")
        .read(
            (texts, input, _) -> {
              var text = texts.getLast();
              if (text.equals("never") && label.endsWith(text)) {
                input.put("never_expires", true);
              } else {
                input.put(text.contains("T") ? "expires_at" : "expires_on", text);
              }
            });
  }

  private static Command become(String name, String about, boolean active) {
    return command(name, about, KEYS_UPDATE)
        .only(ID)
        .doing(
            typed -> {
              var input = typed.input(KEYS_UPDATE).put("is_active", active);
              typed.show(typed.call(KEYS_UPDATE, input), KeyCommands::show);
            });
  }

  private static Command revoke() {
    return command(
            "revoke",
            "Ends a key for ever, or all keys of a workspace that something fits. When it returns,"
                + " no call with them is permitted.",
            KEYS_REVOKE,
            KEYS_REVOKE_MANY)
        .with(
            ID,
            flag("reason", "For the record."),
            WorkspaceFlag.of("workspace_id", "Of many: whose they are (default: the demo's)."),
            flag("created_by", "Of many: who issued them."),
            flag("tag", "Of many: a tag that they have."),
            flag("created_after", "--created-after INSTANT", "Of many."),
            flag("created_before", "--created-before INSTANT", "Of many."),
            flag(
                "last_used_from",
                "--last-used-from ADDRESS|RANGE",
                "Of many: where they were last used from."),
            flag("dry_run", "Of many: only tells which they are."))
        .doing(KeyCommands::revoke);
  }

  private static void revoke(Invocation typed) throws IOException, Refusal {
    if (!typed.isFor(KEYS_REVOKE, KEYS_REVOKE_MANY)) {
      typed.show(typed.call(KEYS_REVOKE_MANY), KeyCommands::showRevoked);
    } else if (typed.isFor(KEYS_REVOKE_MANY, KEYS_REVOKE)) {
      throw new Refusal("Name one key, or say which ones fit, but not both.");
    } else {
      typed.show(typed.call(KEYS_REVOKE), KeyCommands::show);
    }
  }

  private static Command reportLeaked() {
    return command(
            "report-leaked",
            """
            Revokes keys that were found where they should not be.
            They are read one a line, and not from the command line, which others can see.""",
            LeakedKeys.KEYS_REVOKE_LEAKED)
        .under("/keys")
        .with(own("--file <file>", "Where they stand (default: standard input)."), without("keys"))
        .doing(
            typed -> {
              var input = JsonNodeFactory.instance.objectNode();
              var keys = input.putArray("keys");
              leaked(typed).lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(keys::add);
              typed.show(
                  typed.call(LeakedKeys.KEYS_REVOKE_LEAKED, input),
                  (received, out) ->
                      out.println(
                          "Received: "
                              + received.path("received")
                              + ". Those that were keys are revoked."));
            });
  }

  private static String leaked(Invocation typed) throws IOException, Refusal {
    var file = typed.text("--file");
    try (InputStream in =
        file == null ? typed.terminal().in() : Files.newInputStream(Path.of(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new Refusal("There is no file " + e.getFile() + ".");
    }
  }

  private static void show(JsonNode key, PrintWriter out) {
    SHOWN.facts(key, out);
    showEffect(key, out);
  }

  private static void showSecret(JsonNode key, PrintWriter out) {
    show(key, out);
    if (key.has("old_secret_ends_at")) {
      out.println("The old secret works until " + key.path("old_secret_ends_at").asText() + ".");
    }
    if (key.has("key")) {
      out.println();
      out.println(key.path("key").asText());
      out.println();
      out.println("Copy it now: it is not kept, and cannot be shown again.");
    }
  }

  private static void showRevoked(JsonNode revoked, PrintWriter out) {
    LISTED.rows(revoked.path("keys"), out);
    out.println(
        (revoked.path("dry_run").asBoolean() ? "Would be revoked: " : "Revoked: ")
            + revoked.path("count"));
    showEffect(revoked, out);
  }

  private static void showEffect(JsonNode answer, PrintWriter out) {
    var effect = answer.path("effective");
    if (effect.isMissingNode()) return;
    out.printf(
        "Holds since %s, confirmed by %s.%n",
        effect.path("at").asText(),
        effect.path("nodes").asInt() == 1 ? "1 node" : effect.path("nodes") + " nodes");
  }
}
