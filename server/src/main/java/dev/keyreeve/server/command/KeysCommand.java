package dev.keyreeve.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.server.command.OperatorClient.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// The life of keys.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    description = "Issues, shows, changes and ends keys.",
    subcommands = {KeysCommand.Issue.class, KeysCommand.Update.class, KeysCommand.Revoke.class})
public final class KeysCommand {
  private static final String ID = "The key's id, as './keyreeve keys list' shows it.";
  private static final String EXPIRES =
      "2027-01-31 (the end of that day in London) or 2027-01-31T12:00:00Z.";

  /// As a list shows a key.
  private static final List<Output.Column> COLUMNS =
      List.of(
          new Output.Column("ID", "id"),
          new Output.Column("KEY", "key_prefix"),
          new Output.Column("NAME", "name"),
          new Output.Column("STATUS", "status"),
          new Output.Column("CALLS/MIN", "rate_limit"),
          new Output.Column("REQUESTS", "request_count"),
          new Output.Column("LAST USED", "last_used_at"),
          new Output.Column("EXPIRES", "expires_at"),
          new Output.Column("SCOPES", "scopes"));

  /// What is told of one key beside that.
  private static final List<Output.Column> MORE =
      List.of(
          new Output.Column("WORKSPACE", "workspace_id"),
          new Output.Column("ALLOWED FROM", "ip_allow_list"),
          new Output.Column("TAGS", "tags"),
          new Output.Column("NOT BEFORE", "not_before"),
          new Output.Column("CREATED", "created_at"),
          new Output.Column("CREATED BY", "created_by"),
          new Output.Column("REVOKED", "revoked_at"),
          new Output.Column("REASON", "revoke_reason"),
          new Output.Column("LEAKED", "leaked_at"));

  private static final List<Output.Column> ENTRIES =
      List.of(
          new Output.Column("WHEN", "at"),
          new Output.Column("WHAT", "action"),
          new Output.Column("WHO", "actor_name"),
          new Output.Column("FROM", "address"));

  @Command(name = "issue", description = "Issues a key, and prints its secret for the only time.")
  static final class Issue extends OperatorCommand {
    @Option(names = "--workspace", description = "Whose it is (default: the demo's).")
    private @Nullable String workspace;

    @Option(names = "--api", description = "What it opens (default: the only API there is).")
    private @Nullable String api;

    @Option(names = "--env", description = "live or test (default: the workspace's own).")
    private @Nullable String environment;

    @Option(names = "--name", required = true, description = "A label, to tell it from others.")
    private String name = "";

    @Option(names = "--scope", required = true, description = "What it may do; repeat for more.")
    private List<String> scopes = List.of();

    @Option(names = "--limit", description = "Calls a minute, 1 to 600 (default: 60).")
    private @Nullable Integer limit;

    @Option(names = "--expires", paramLabel = "DATE|INSTANT", description = EXPIRES)
    private @Nullable String expires;

    @Option(names = "--not-before", paramLabel = "INSTANT", description = "When it begins to work.")
    private @Nullable String notBefore;

    @Option(
        names = "--allow",
        paramLabel = "ADDRESS|RANGE",
        description = "Where it may be used from; repeat for more (default: anywhere).")
    private List<String> allow = List.of();

    @Option(names = "--tag", description = "To find it by; repeat for more.")
    private List<String> tags = List.of();

    @Option(
        names = "--idempotency-key",
        description = "A name for this call: carried out once, however often it is sent.")
    private @Nullable String idempotencyKey;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out) throws IOException, Refused {
      var input = JsonNodeFactory.instance.objectNode();
      input.put("workspace_id", workspaceOf(client, workspace)).put("name", name);
      scopes.forEach(input.putArray("scopes")::add);
      put(input, "api", api);
      put(input, "environment", environment);
      put(input, "not_before", notBefore);
      put(input, "idempotency_key", idempotencyKey);
      if (limit != null) input.put("rate_limit", limit);
      putExpiry(input, expires);
      if (!allow.isEmpty()) allow.forEach(input.putArray("ip_allow_list")::add);
      if (!tags.isEmpty()) tags.forEach(input.putArray("tags")::add);
      showSecret(client.post("/keys", input), output, out);
    }
  }

  @Command(name = "update", description = "Changes a key in use; what is not named stays.")
  static final class Update extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = ID)
    private String id = "";

    @Option(names = "--name", description = "Its label.")
    private @Nullable String name;

    @Option(names = "--scope", description = "What it may do from now on; repeat for more.")
    private List<String> scopes = List.of();

    @Option(names = "--limit", description = "Calls a minute, 1 to 600.")
    private @Nullable Integer limit;

    @Option(names = "--expires", paramLabel = "DATE|INSTANT|never", description = EXPIRES)
    private @Nullable String expires;

    @Option(
        names = "--allow",
        paramLabel = "ADDRESS|RANGE|anywhere",
        description = "Where it may be used from, in place of the list before; repeat for more.")
    private List<String> allow = List.of();

    @Option(
        names = "--tag",
        description = "In place of the tags before; repeat for more, or '' for none.")
    private List<String> tags = List.of();

    @Override
    void run(OperatorClient client, Output output, PrintWriter out) throws IOException, Refused {
      var input = JsonNodeFactory.instance.objectNode();
      put(input, "name", name);
      if (limit != null) input.put("rate_limit", limit);
      if ("never".equals(expires)) {
        input.put("never_expires", true);
      } else {
        putExpiry(input, expires);
      }
      if (!scopes.isEmpty()) scopes.forEach(input.putArray("scopes")::add);
      putList(input, "ip_allow_list", allow, "anywhere");
      putList(input, "tags", tags, "");
      show(client.put(path(id), input), output, out);
    }
  }

  @Command(
      name = "revoke",
      description =
          "Ends a key for ever, or all keys of a workspace that something fits. When it returns, no"
              + " call with them is permitted.")
  static final class Revoke extends OperatorCommand {
    @Parameters(paramLabel = "ID", arity = "0..1", description = ID)
    private @Nullable String id;

    @Option(names = "--reason", description = "For the record.")
    private @Nullable String reason;

    @Option(names = "--workspace", description = "Of many: whose they are (default: the demo's).")
    private @Nullable String workspace;

    @Option(names = "--created-by", description = "Of many: who issued them.")
    private @Nullable String createdBy;

    @Option(names = "--tag", description = "Of many: a tag that they have.")
    private @Nullable String tag;

    @Option(names = "--created-after", paramLabel = "INSTANT", description = "Of many.")
    private @Nullable String createdAfter;

    @Option(names = "--created-before", paramLabel = "INSTANT", description = "Of many.")
    private @Nullable String createdBefore;

    @Option(
        names = "--last-used-from",
        paramLabel = "ADDRESS|RANGE",
        description = "Of many: where they were last used from.")
    private @Nullable String lastUsedFrom;

    @Option(names = "--dry-run", description = "Of many: only tells which they are.")
    private boolean dryRun;

    @Override
    void run(OperatorClient client, Output output, PrintWriter out) throws IOException, Refused {
      var input = JsonNodeFactory.instance.objectNode();
      put(input, "reason", reason);
      if (id != null) {
        if (isOfMany()) throw new Refused("Name one key, or say which ones fit, but not both.");
        show(client.post(path(id) + "/revoke", input), output, out);
        return;
      }
      input.put("workspace_id", workspaceOf(client, workspace)).put("dry_run", dryRun);
      put(input, "created_by", createdBy);
      put(input, "tag", tag);
      put(input, "created_after", createdAfter);
      put(input, "created_before", createdBefore);
      put(input, "last_used_from", lastUsedFrom);
      var revoked = client.post("/keys/revoke", input);
      switch (output) {
        case JSON -> Output.print(revoked, out);
        case TABLE -> {
          Output.print(revoked.path("keys"), COLUMNS, out);
          out.println((dryRun ? "Would be revoked: " : "Revoked: ") + revoked.path("count"));
          showEffect(revoked, out);
        }
      }
    }

    private boolean isOfMany() {
      return dryRun
          || workspace != null
          || createdBy != null
          || tag != null
          || createdAfter != null
          || createdBefore != null
          || lastUsedFrom != null;
    }
  }

  @Command(name = "list", description = "Lists keys, newest first.")
  int list(
      @Mixin RunningServer server,
      @Option(names = "--workspace", description = "Only those of this workspace.")
          @Nullable String workspace,
      @Option(names = "--status", description = "active, inactive, scheduled, expired or revoked.")
          @Nullable String status,
      @Option(names = "--tag", description = "Only those with this tag.") @Nullable String tag,
      @Option(names = "--created-by", description = "Only those that this person issued.")
          @Nullable String createdBy,
      @Option(names = "--order", description = "newest or oldest first.") @Nullable String order)
      throws IOException {
    var query = new LinkedHashMap<String, @Nullable String>();
    query.put("workspace_id", workspace);
    query.put("status", status);
    query.put("tag", tag);
    query.put("created_by", createdBy);
    query.put("order", order);
    return server.ask(
        (client, output, out) -> {
          var items = client.getAll("/keys", query);
          switch (output) {
            case JSON -> Output.print(items, out);
            case TABLE -> Output.print(items, COLUMNS, out);
          }
        });
  }

  @Command(name = "show", description = "Shows a key.")
  int show(@Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return server.ask((client, output, out) -> show(client.get(path(id)), output, out));
  }

  @Command(name = "deactivate", description = "Stops a key until it is activated again.")
  int deactivate(
      @Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return become(server, id, false);
  }

  @Command(name = "activate", description = "Lets a deactivated key work again.")
  int activate(
      @Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return become(server, id, true);
  }

  private static int become(RunningServer server, String id, boolean active) throws IOException {
    var input = JsonNodeFactory.instance.objectNode().put("is_active", active);
    return server.ask((client, output, out) -> show(client.put(path(id), input), output, out));
  }

  @Command(
      name = "regenerate",
      description = "Gives a key another secret; the old one is dead when it returns.")
  int regenerate(
      @Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return server.ask(
        (client, output, out) ->
            showSecret(client.post(path(id) + "/regenerate", null), output, out));
  }

  @Command(
      name = "rotate",
      description = "Gives a key another secret, beside which the old one works for a while.")
  int rotate(
      @Mixin RunningServer server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--overlap",
              paramLabel = "SECONDS",
              description = "For how long both work, at most 30 days (default: 86400, a day).")
          @Nullable Integer overlap,
      @Option(
              names = "--reason",
              description =
                  "scheduled, compromised, offboarding or other; compromised leaves no overlap.")
          @Nullable String reason)
      throws IOException {
    var input = JsonNodeFactory.instance.objectNode();
    if (overlap != null) input.put("overlap_seconds", overlap);
    put(input, "reason", reason);
    return server.ask(
        (client, output, out) -> showSecret(client.post(path(id) + "/rotate", input), output, out));
  }

  @Command(name = "delete", description = "Ends a key for ever and shows it no more.")
  int delete(
      @Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return server.ask((client, output, out) -> show(client.delete(path(id)), output, out));
  }

  @Command(name = "activity", description = "Tells what was done to a key, newest first.")
  int activity(
      @Mixin RunningServer server, @Parameters(paramLabel = "ID", description = ID) String id)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var items = client.getAll(path(id) + "/activity", Map.of());
          switch (output) {
            case JSON -> Output.print(items, out);
            case TABLE -> Output.print(items, ENTRIES, out);
          }
        });
  }

  @Command(
      name = "report-leaked",
      description = {
        "Revokes keys that were found where they should not be.",
        "They are read one a line, and not from the command line, which others can see."
      })
  int reportLeaked(
      @Mixin RunningServer server,
      @Option(names = "--file", description = "Where they stand (default: standard input).")
          @Nullable Path file)
      throws IOException {
    return server.ask(
        (client, output, out) -> {
          var input = JsonNodeFactory.instance.objectNode();
          var keys = input.putArray("keys");
          leaked(file).lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(keys::add);
          var received = client.post("/keys/revoke-leaked", input);
          switch (output) {
            case JSON -> Output.print(received, out);
            case TABLE ->
                out.println(
                    "Received: "
                        + received.path("received")
                        + ". Those that were keys are revoked.");
          }
        });
  }

  private static String leaked(@Nullable Path file) throws IOException, Refused {
    try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new Refused("There is no file " + e.getFile() + ".");
    }
  }

  private static String path(String id) throws Refused {
    if (!id.matches("[0-9A-Za-z]{12}")) throw new Refused("A key's id is 12 letters and digits.");
    return "/keys/" + id;
  }

  private static String workspaceOf(OperatorClient client, @Nullable String named) throws Refused {
    var chosen = named == null ? client.workspace() : named;
    if (chosen == null) {
      throw new Refused("Name a workspace with --workspace; './keyreeve orgs list' shows them.");
    }
    return chosen;
  }

  private static void put(ObjectNode input, String field, @Nullable String value) {
    if (value != null) input.put(field, value);
  }

  /// @param none the word for the empty list
  private static void putList(ObjectNode input, String field, List<String> values, String none) {
    if (values.isEmpty()) return;
    var list = input.putArray(field);
    if (!values.equals(List.of(none))) values.forEach(list::add);
  }

  private static void putExpiry(ObjectNode input, @Nullable String expires) {
    if (expires == null) return;
    input.put(expires.contains("T") ? "expires_at" : "expires_on", expires);
  }

  private static void show(JsonNode key, Output output, PrintWriter out) {
    switch (output) {
      case JSON -> Output.print(key, out);
      case TABLE -> {
        Output.print(key, COLUMNS, MORE, out);
        showEffect(key, out);
      }
    }
  }

  private static void showSecret(JsonNode key, Output output, PrintWriter out) {
    show(key, output, out);
    if (output == Output.JSON) return;

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

  private static void showEffect(JsonNode answer, PrintWriter out) {
    var effect = answer.path("effective");
    if (effect.isMissingNode()) return;
    out.printf(
        "Holds since %s, confirmed by %s.%n",
        effect.path("at").asText(),
        effect.path("nodes").asInt() == 1 ? "1 node" : effect.path("nodes") + " nodes");
  }
}
