package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.directdebit.DirectDebit;
import dev.keyreeve.identity.explain.ExplainCommand;
import dev.keyreeve.identity.key.IssuedKey;
import dev.keyreeve.platform.Until;
import dev.keyreeve.platform.audit.AuditCommands;
import dev.keyreeve.procedure.command.Word;
import dev.keyreeve.server.command.Words;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit chains and explanations, as the operators' API and the command line give them.
final class AuditServedTest {
  private static final JsonMapper json = new JsonMapper();

  private TestServer server;
  private String organisation;
  private IssuedKey key;

  @BeforeEach
  void start() {
    server = TestServer.start();
    var created = server.organisation("Harbour Lettings", 6000);
    organisation = created.id();
    key =
        server.key(
            created.workspaceId(), 60, DirectDebit.SCOPES.entries().iterator().next().scope());
    server.become(key, KeyState.REVOKED);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Run(int exitCode, String out, String err) {}

  private Run run(Word command, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", server.dataDirectory().toString()));
    int exitCode =
        Words.line(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }

  private String operator() {
    return Objects.requireNonNull(CommandLineFile.find(server.dataDirectory())).token().reveal();
  }

  private JsonNode get(String path) {
    return server.get(path, operator()).json().path("data");
  }

  private void untilSigned() {
    Until.isTrue(
        () -> {
          var chains = get("/api/audit/verification").path("chains");
          return !chains.isEmpty() && chains.get(0).path("signed").asLong() > 0;
        });
  }

  private void tamper(String sql) throws Exception {
    try (var connection = server.superuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  @Test
  void tellsWhoChangedWhatInSnakeCaseAndTables() {
    var items = get("/api/audit?organisation=" + organisation).path("items");

    assertThat(items)
        .extracting(item -> item.path("action").asText())
        .containsExactly("key.revoked", "key.issued", "organisation.created");
    assertThat(items.get(0).path("target_id").asText()).isEqualTo(key.details().id());
    assertThat(items.get(0).path("actor_kind").asText()).isEqualTo("system");

    var table = run(AuditCommands.group(), "list", "--action", "key.*", "--limit", "1");
    assertThat(table.out()).contains("key.revoked", key.details().id(), "More: --cursor ");
    assertThat(table.out()).doesNotContain("key.issued");
  }

  @Test
  void endsWith0WhileAllHoldsAndWith1NamingTheFirstBadEntry() throws Exception {
    untilSigned();
    var good = run(AuditCommands.group(), "verify");
    tamper("update audit_entry set actor_name = 'somebody else' where seq = 2");
    var bad = run(AuditCommands.group(), "verify", "--organisation", organisation);

    assertThat(good.exitCode()).isZero();
    assertThat(good.out()).containsPattern(organisation + " +3 +\\d +good");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).containsPattern(organisation + " +3 +0 +changed +2 +This entry");
    assertThat(bad.err()).isEqualTo("keyreeve: One chain does not hold.\n");
  }

  @Test
  void missesAChainThatIsGoneFromTheDatabase() throws Exception {
    untilSigned();
    tamper("delete from audit_entry");
    tamper("delete from audit_chain");
    tamper("delete from audit_checkpoint");

    var bad = run(AuditCommands.group(), "verify");

    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).containsPattern(organisation + " +0 +0 +missing_end +1 ");
  }

  @Test
  void verifiesAnExportWithoutTheServer(@TempDir Path folder) throws Exception {
    untilSigned();
    var file = folder.resolve("audit.jsonl");
    var exported = run(AuditCommands.group(), "export", "--to", file.toString());
    var publicKey = get("/api/audit/verification").path("public_keys").get(0).asText();
    server.close();
    var arguments = new String[] {"verify", "--file", file.toString(), "--public-key", publicKey};

    assertThat(exported.exitCode()).isZero();
    assertThat(run(AuditCommands.group(), arguments).exitCode()).isZero();

    Files.writeString(file, Files.readString(file).replace("key.revoked", "key.activated"));
    var bad = run(AuditCommands.group(), arguments);
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).containsPattern("changed +3 ");

    Files.writeString(file, "nonsense");
    assertThat(run(AuditCommands.group(), arguments).err()).startsWith("keyreeve: Line 1 of ");
    var missing = run(AuditCommands.group(), "verify", "--file", folder.resolve("none").toString());
    assertThat(missing.err()).startsWith("keyreeve: There is no file ");
    server = TestServer.start();
  }

  @Test
  void keepsSecretsOutOfEntriesAndExports() {
    var secret = TestServer.secretOf(key);
    var random = secret.substring(secret.length() - 38, secret.length() - 6);

    var told =
        run(AuditCommands.group(), "list", "--output", "json").out()
            + run(AuditCommands.group(), "export").out()
            + run(AuditCommands.group(), "verify", "--output", "json").out();

    assertThat(told)
        .contains("key.issued")
        .doesNotContain(random)
        .doesNotContain(random.substring(16));
  }

  @Test
  void refusesKeysAndStrangers() {
    var full = server.fullKey(server.organisation("Other", 6000).workspaceId());

    assertThat(server.get("/api/audit", full).status()).isEqualTo(403);
    assertThat(server.get("/api/audit/verification", null).status()).isEqualTo(401);
    assertThat(server.get("/api/audit?organisation=org_none", operator()).status()).isEqualTo(404);
    assertThat(server.post("/api/decisions/explain", full, "{}").status()).isEqualTo(403);
  }

  @Test
  void explainsWhyACallWouldBeRefusedAndSpendsNothing() throws Exception {
    var workspace = server.organisation("Quay Homes", 6000).workspaceId();
    var reading = server.key(workspace, 60, DirectDebit.SCOPES.entries().iterator().next().scope());
    var id = reading.details().id();
    int before = remaining(reading);

    var run =
        run(
            ExplainCommand.command(),
            "--key",
            id,
            "--procedure",
            "mandates.cancel",
            "--from",
            "192.0.2.7");
    var answer =
        server
            .post(
                "/api/decisions/explain",
                operator(),
                "{\"key_id\":\"%s\",\"procedure\":\"mandates.cancel\"}".formatted(id))
            .json()
            .at("/data/calls/0/decision");

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.out())
        .contains("is refused with 403 insufficient_scope")
        .containsPattern("key_addresses +true +192.0.2.7")
        .containsPattern("requirement +false ");
    assertThat(answer.path("reason").asText()).isEqualTo("insufficient_scope");
    assertThat(remaining(reading)).isEqualTo(before - 1);
    assertThat(
            json.readTree(
                    run(
                            ExplainCommand.command(),
                            "--key",
                            id,
                            "--procedure",
                            "mandates.cancel",
                            "--output",
                            "json")
                        .out())
                .path("calls"))
        .hasSize(1);
  }

  private int remaining(IssuedKey reading) {
    var answer = server.get("/dd/v1/me", TestServer.secretOf(reading));
    return answer.json().at("/data/remaining").asInt();
  }

  @Test
  void endsWith1WhereThereIsNothingToExplain() {
    var unknown = run(ExplainCommand.command(), "req_none");
    var neither = run(ExplainCommand.command(), "--procedure", "mandates.cancel");

    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).isEqualTo("keyreeve: No such request is remembered.\n");
    assertThat(neither.exitCode()).isEqualTo(1);
    assertThat(neither.err()).contains("Name a request by its request_id alone");
  }
}
