package dev.keyreeve.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.server.node.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person at a terminal, or a script, gets to see.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineTest {
  private static final Pattern SECRET = Pattern.compile("dd_live_[0-9A-Za-z]{51}");
  private static final JsonMapper json = new JsonMapper();

  private Path folder;
  private Path data;
  private ServerProcess server;
  private String workspace;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    data = folder.resolve("data");
    server = ServerProcess.serve(data);
    server.await(Pattern.compile("--scope mandates:write"));
    workspace = json("orgs", "create", "--name", "Acme").path("workspace_id").asText();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /// What came of a command that ran in this process.
  private record Run(int exitCode, String out, String err) {}

  private Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--data-dir")) all.addAll(List.of("--data-dir", data.toString()));
    int exitCode =
        Keyreeve.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }

  private JsonNode json(String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    var run = run(all.toArray(String[]::new));
    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    return json.readTree(run.out());
  }

  private JsonNode issue(String name, String... more) throws IOException {
    var all = new ArrayList<>(List.of("keys", "issue", "--workspace", workspace, "--name", name));
    all.addAll(List.of("--scope", "mandates:read", "--scope", "mandates:write"));
    all.addAll(List.of(more));
    return json(all.toArray(String[]::new));
  }

  // serve

  @Test
  void saysWhichTwoCommandsMakeAnEmptyServerUseful() throws Exception {
    assertThat(server.output())
        .contains("Keyreeve listens on http://localhost:" + server.port())
        .contains("./keyreeve orgs create --name", "./keyreeve keys issue --workspace");
  }

  @Test
  void printsTheCodeThatMakesTheFirstOwner() {
    assertThat(server.output()).containsPattern("Owner's code +([0-9A-Z]{4}-){6}[0-9A-Z]{4}\\n");
  }

  @Test
  void printsForTheDemoCallsThatWorkAsPrinted() throws Exception {
    var directory = folder.resolve("demo");
    var settings =
        Map.of(
            "KEYREEVE_DEMO", "true",
            "KEYREEVE_PORT", "0",
            "KEYREEVE_HOST", "127.0.0.1",
            "KEYREEVE_DATA_DIR", directory.toString());
    try (var demo = ServerProcess.run(directory, settings, "serve", "--demo")) {
      demo.await(Pattern.compile("Stop with Ctrl-C"));
      var calls =
          demo.output().lines().map(String::strip).filter(l -> l.startsWith("curl")).toList();

      assertThat(demo.output()).containsPattern("Full key +dd_test_\\w{51}");
      assertThat(demo.output()).containsPattern("Read-only key +dd_test_\\w{51}");
      assertThat(calls).hasSize(3);
      assertThat(bash(calls.get(0)).at("/data/scopes")).hasSizeGreaterThan(4);
      assertThat(bash(calls.get(1)).at("/data/items").isArray()).isTrue();
      assertThat(bash(calls.get(2)).at("/error/reason").asText()).isEqualTo("insufficient_scope");
    }
  }

  private static JsonNode bash(String line) throws Exception {
    var shell =
        new ProcessBuilder("bash", "-c", line).redirectError(ProcessBuilder.Redirect.DISCARD);
    var process = shell.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return json.readTree(output);
  }

  @Test
  void refusesInOneSentenceADirectoryThatAnotherServerHolds() throws Exception {
    assertRefusal(data, Map.of(), "is in use by another server", "serve", "--port", "0");
  }

  @Test
  void refusesInOneSentenceAPortThatIsTaken() throws Exception {
    assertRefusal(
        folder.resolve("second"),
        Map.of(),
        "Another program listens on 127.0.0.1:" + server.port() + ": stop that one, or choose",
        "serve",
        "--port",
        Integer.toString(server.port()));
  }

  @Test
  void refusesInOneSentenceADirectoryThatOthersCanRead() throws Exception {
    var open = Files.createDirectory(folder.resolve("open"));
    Files.writeString(open.resolve("something"), "");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertRefusal(open, Map.of(), "is open to other users: run `chmod 700", "serve");
  }

  @Test
  void refusesInOneSentenceADatabaseThatDoesNotAnswer() throws Exception {
    var url = "postgresql://somebody:canary@127.0.0.1:1/keyreeve";

    var said =
        assertRefusal(
            folder.resolve("third"),
            Map.of("KEYREEVE_DATABASE_URL", url),
            "The database cannot be used: Connection to 127.0.0.1:1 refused",
            "serve",
            "--port",
            "0");

    assertThat(said).doesNotContain("canary");
  }

  /// Runs a server that refuses to start, and hands back what it says.
  private String assertRefusal(
      Path directory, Map<String, String> settings, String sentence, String... arguments)
      throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", directory.toString()));
    var cleanedUp = directory.equals(data) ? folder.resolve("none") : directory;
    try (var process = ServerProcess.run(cleanedUp, settings, all.toArray(String[]::new))) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.output().lines().filter(line -> line.startsWith("keyreeve: ")))
          .singleElement()
          .satisfies(line -> assertThat(line).contains(sentence));
      assertIsForPeople(process.output());
      return process.output();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KEYREEVE_PORT, abc, http.port (KEYREEVE_PORT): must be a whole number",
    "KEYREEVE_PORT, 70000, 65535",
    "KEYREEVE_DEMO, perhaps, true or false",
    "KEYREEVE_TRUSTED_PROXY, nonsense, nonsense",
    "KEYREEVE_DATABASE_URL, mysql://localhost, postgresql://user:password@host",
    "KEYREEVE_HOST, 0.0.0.0, http.allow-plain-http-beyond-loopback",
    "KEYREEVE_PROT, 8080, Did you mean KEYREEVE_PORT?"
  })
  void namesASettingThatIsWrong(String name, String value, String hint) throws Exception {
    var directory = folder.resolve("unused");

    try (var process =
        ServerProcess.run(
            directory, Map.of(name, value), "serve", "--data-dir", directory.toString())) {
      assertThat(process.exitCode()).isEqualTo(2);
      assertThat(process.output()).contains(hint);
      assertIsForPeople(process.output());
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void findsTheServerByTheDirectoryInTheEnvironment() throws Exception {
    var settings = Map.of("KEYREEVE_DATA_DIR", data.toString());

    try (var process =
        ServerProcess.run(folder.resolve("none"), settings, "orgs", "list", "--output", "json")) {
      assertThat(process.exitCode()).isZero();
      assertThat(process.output()).contains(workspace);
    }
  }

  // config and doctor

  @Test
  void printsEverySettingAndWhereItComesFrom() throws Exception {
    var rows = json("config", "print", "--port", "9000", "--trusted-proxy", "10.0.0.0/8,::1");
    var table = run("config", "print", "--port", "9000").out();

    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.path("name").asText()).isEqualTo("http.port");
              assertThat(row.path("value").asText()).isEqualTo("9000");
              assertThat(row.path("from").asText()).isEqualTo("flag");
              assertThat(row.path("place").asText()).isEqualTo("--port");
            })
        .anySatisfy(row -> assertThat(row.path("value").asText()).isEqualTo("10.0.0.0/8,::1"));
    assertThat(table).containsPattern("(?m)^SETTING +VALUE +FROM +PLACE$");
    assertThat(table).containsPattern("(?m)^http.port +9000 +flag +--port$");
    assertThat(table).containsPattern("(?m)^demo +false +default$");
  }

  @Test
  void checksSettingsAndNamesAllThatIsWrong() throws Exception {
    var file = Files.writeString(folder.resolve("wrong.yaml"), "htpp.port: 1\ndemo: perhaps\n");

    var good = run("config", "check");
    var wrong = run("config", "check", "--config", file.toString());

    assertThat(good.exitCode()).isZero();
    assertThat(good.out()).isEqualTo("The settings are good.\n");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err())
        .isEqualTo(
            """
            keyreeve: The settings are wrong; nothing was done.
              There is no setting htpp.port in %s. Did you mean http.port?
              demo (%s): must be true or false, and not 'perhaps'.
            """
                .formatted(file, file));
  }

  @Test
  void examinesARunningServerAndOneThatCannotStart() throws Exception {
    var port = Integer.toString(server.port());
    var elsewhere = folder.resolve("elsewhere").toString();

    var found = json("doctor");
    var taken = run("doctor", "--data-dir", elsewhere, "--port", port);

    assertThat(found).extracting(row -> row.path("verdict").asText()).doesNotContain("failed");
    assertThat(found).extracting(row -> row.path("subject").asText()).contains("database", "clock");
    assertThat(taken.exitCode()).isEqualTo(1);
    assertThat(taken.out())
        .containsPattern("(?m)^port +failed +Cannot listen on 127.0.0.1:" + port);
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  // orgs

  @Test
  void createsAndListsOrganisations() throws Exception {
    var created =
        run(
            "orgs",
            "create",
            "--name",
            "Globex",
            "--plan",
            "enterprise",
            "--env",
            "test",
            "--calls-per-minute",
            "900");
    var table = run("orgs", "list");
    var list = json("orgs", "list");

    assertThat(created.exitCode()).isZero();
    assertThat(created.out()).containsPattern("Organisation +org_\\w+\\R+Workspace +wks_\\w+");
    assertThat(table.out().lines().findFirst().orElseThrow())
        .matches("ORGANISATION +NAME +PLAN +CALLS/MIN +WORKSPACE +ENVIRONMENT");
    assertThat(table.out()).containsPattern("org_\\w+ +Globex +enterprise +900 +wks_\\w+ +test");
    assertThat(list).anySatisfy(row -> assertThat(row.path("name").asText()).isEqualTo("Globex"));
  }

  // keys

  @Test
  void tellsTheLifeOfAKeyInTablesAndJson() throws Exception {
    var issued = issue("Life", "--limit", "120");
    var id = issued.path("id").asText();
    var secret = issued.path("key").asText();

    var shown = run("keys", "show", id);
    assertThat(shown.out()).containsPattern("STATUS +active").containsPattern("CALLS/MIN +120");
    assertThat(call(secret)).isEqualTo(200);

    assertThat(json("keys", "deactivate", id).path("status").asText()).isEqualTo("inactive");
    assertThat(call(secret)).isEqualTo(403);

    assertThat(json("keys", "activate", id).path("status").asText()).isEqualTo("active");
    assertThat(call(secret)).isEqualTo(200);

    assertThat(run("keys", "revoke", id).out()).containsPattern("STATUS +revoked");
    assertThat(call(secret)).isEqualTo(401);
    var again = run("keys", "activate", id);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).isEqualTo("keyreeve: A revoked key stays revoked.\n");

    assertThat(run("keys", "list", "--workspace", workspace).out())
        .containsPattern(id + " +dd_live_\\S+ +Life +revoked +120 ");
    assertThat(json("keys", "list"))
        .anySatisfy(k -> assertThat(k.path("id").asText()).isEqualTo(id));
  }

  @Test
  void printsASecretOnceAndKeepsItNowhere() throws Exception {
    var run =
        run(
            "keys",
            "issue",
            "--workspace",
            workspace,
            "--name",
            "Once",
            "--scope",
            "mandates:read");
    var secrets = SECRET.matcher(run.out()).results().map(m -> m.group()).toList();

    assertThat(secrets).hasSize(1);
    assertThat(run.out()).contains("Copy it now");
    assertThat(call(secrets.getFirst())).isEqualTo(200);
    var id = json("keys", "list").findValuesAsText("id").getFirst();
    for (var later : List.of(run("keys", "list"), run("keys", "show", id))) {
      assertThat(later.out()).doesNotContainPattern(SECRET);
    }
    var secretPart = secrets.getFirst().substring("dd_live_1".length() + 12, 53);
    assertThat(filesWith(data, secretPart)).isEmpty();
    assertThat(filesWith(data, "Once")).isNotEmpty();
    assertThat(server.output()).doesNotContain(secretPart);
  }

  /// The files that hold a text, PostgreSQL's own among them; its programs are left out.
  private static List<Path> filesWith(Path directory, String text) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(directory.resolve("postgresql/programs"))) continue;
        try {
          if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) found.add(file);
        } catch (NoSuchFileException _) {
          // PostgreSQL removes its temporary files at any time.
        }
      }
    }
    return found;
  }

  @Test
  void takesAnExpiryAsADateOrAnInstant() throws Exception {
    assertThat(issue("Date", "--expires", "2099-06-30").path("expires_at").asText())
        .isEqualTo("2099-06-30T23:00:00Z");
    assertThat(issue("Time", "--expires", "2099-01-31T12:00:00Z").path("expires_at").asText())
        .isEqualTo("2099-01-31T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys issue --name x --scope mandates:read",
        "keys issue --name x --scope nonsense --workspace WORKSPACE",
        "keys issue --name x --scope mandates:read --workspace wks_other",
        "keys issue --name x --scope mandates:read --workspace WORKSPACE --expires tomorrow",
        "keys issue --name x --scope mandates:read --workspace WORKSPACE --expires 2020-01-01",
        "keys issue --name x --scope mandates:read --workspace WORKSPACE --limit 601",
        "keys issue --name x --scope mandates:read --workspace WORKSPACE --env prod",
        "keys issue --name x --scope mandates:read --workspace WORKSPACE --env test",
        "keys issue --name x --scope mandates:read --workspace WORKSPACE --api nope",
        "keys show nonsense",
        "keys show 000000000000",
        "keys revoke 000000000000",
        "orgs create --name x --plan gold",
        "keys list --workspace wks_other",
        "sandbox clock --workspace wks_other",
        "sandbox advance --workspace wks_other --to 2030-01-01",
        "sandbox freeze --workspace WORKSPACE",
        "sandbox seed --workspace WORKSPACE --failures 5",
        "dd submissions --workspace wks_other",
        "service-users assign sun_other --workspace wks_other",
        "service-users create --number 987654 --name Agent --sort-code 000001"
            + " --account-number 12345678",
        "keys rotate 000000000000",
        "keys revoke",
        "keys report-leaked --file /nonexistent",
        "orgs show org_none",
        "orgs suspend org_none"
      })
  void endsWith1WhereTheServerRefuses(String command) {
    var run = run(command.replace("WORKSPACE", workspace).split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("keyreeve: ");
    assertIsForPeople(run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orgs list --no-such-option",
        "orgs list --output xml",
        "orgs create",
        "orgs nonsense",
        "keys issue --name x",
        "keys issue --name x --scope a --limit many",
        "keys show",
        "nonsense"
      })
  void endsWith2WhereTheCommandLineIsWrong(String command) {
    var run = run(command.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsAnyOf("Usage: keyreeve", "Did you mean: ");
    assertIsForPeople(run.err());
  }

  @Test
  void endsWith3WhereNoServerRuns() throws Exception {
    var empty = Files.createDirectory(folder.resolve("empty"));
    var left = Files.createDirectory(folder.resolve("left"));
    var file = Files.writeString(left.resolve("operator.json"), "{\"url\":\"http://127.0.0.1:1\"}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    for (var directory : List.of(empty, left, folder.resolve("missing"))) {
      var run = run("orgs", "list", "--data-dir", directory.toString());

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).contains("No server runs on " + directory, "./keyreeve serve");
      assertIsForPeople(run.err());
    }
  }

  private static void assertIsForPeople(String text) {
    assertThat(text)
        .doesNotContain("Exception", "dev.keyreeve", "java.", "\tat ", "No enum", "null");
  }

  private int call(String key) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/dd/v1/me")).header("X-API-Key", key);
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  // members

  @Test
  void invitesShowsAndRefusesMembers() throws Exception {
    var organisation = json("orgs", "create", "--name", "Members").path("id").asText();

    var invited =
        json("members", "invite", "sam@example.com", "--role", "owner", "--org", organisation);
    var shown = run("members", "invite", "kim@example.com", "--org", organisation);
    var unnamed = run("members", "list");
    var unknown = run("members", "remove", "nobody@example.com", "--org", organisation);

    assertThat(invited.path("token").asText()).matches("[A-Za-z0-9_-]{43}");
    assertThat(invited.path("role").asText()).isEqualTo("owner");
    assertThat(shown.out()).containsPattern("\n[A-Za-z0-9_-]{43}\n").contains("kim@example.com");
    assertThat(json("members", "list", "--org", organisation)).isEmpty();
    assertThat(unnamed.exitCode()).isEqualTo(1);
    assertThat(unnamed.err()).contains("--org");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("There is no such member");
  }

  @Test
  void walksASandboxThroughMonthsAndSaysWhereItIs() throws Exception {
    var sandbox = sandbox("Walkers");

    var start =
        LocalDate.parse(json("sandbox", "clock", "--workspace", sandbox).path("today").asText());
    var goal = start.plusDays(40);
    var walk =
        run(
            "sandbox",
            "advance",
            "--workspace",
            sandbox,
            "--to",
            goal.toString(),
            "--output",
            "json");
    var far = run("sandbox", "advance", "--workspace", sandbox, "--working-days", "11");

    assertThat(walk.err().lines())
        .containsExactly(
            "Now it is " + start.plusDays(14) + ".", "Now it is " + start.plusDays(28) + ".");
    var answer = json.readTree(walk.out());
    assertThat(answer.path("today").asText()).isEqualTo(goal.toString());
    assertThat(answer.path("from").asText()).startsWith(start.toString());
    assertThat(answer.path("moments").asInt()).isGreaterThan(40 * 2);
    assertThat(far.err().lines()).hasSize(1);
    assertThat(far.out()).startsWith("FROM").contains("MOMENTS");
  }

  @Test
  void stopsSeedsAndStartsASandbox() throws Exception {
    var sandbox = sandbox("Seeders");

    var frozen = json("sandbox", "freeze", "--workspace", sandbox);
    var seeded =
        json("sandbox", "seed", "7", "--failures", "300", "--claims", "20", "--workspace", sandbox);
    var unseeded = json("sandbox", "seed", "--workspace", sandbox);
    var running = json("sandbox", "run", "--workspace", sandbox);

    assertThat(frozen.path("frozen").asBoolean()).isTrue();
    assertThat(seeded.toString()).isEqualTo("{\"seed\":7,\"failure_rate\":300,\"claim_rate\":20}");
    assertThat(unseeded.path("failure_rate").asInt()).isZero();
    assertThat(running.path("frozen").asBoolean()).isFalse();
    assertThat(running.path("now").asText()).isGreaterThanOrEqualTo(frozen.path("now").asText());
  }

  @Test
  void addsServiceUsersAndHasALiveWorkspaceCollectByOne() throws Exception {
    var created =
        json(
            "service-users",
            "create",
            "--number",
            "123456",
            "--name",
            "Acme Lettings",
            "--sort-code",
            "20-00-00",
            "--account-number",
            "55779911",
            "--max-amount",
            "500000");
    var id = created.path("id").asText();
    var assigned =
        json("service-users", "assign", id, "--workspace", workspace, "--notice-days", "5");
    var changed = json("service-users", "assign", "--workspace", workspace, "--on-hold", "shift");
    var listed = run("service-users", "list");

    assertThat(created.path("last4").asText()).isEqualTo("9911");
    assertThat(assigned.path("notice_days").asInt()).isEqualTo(5);
    assertThat(changed.path("service_user_id").asText()).isEqualTo(id);
    assertThat(changed.path("on_hold").asText()).isEqualTo("shift");
    assertThat(listed.out()).contains(id, "123456", workspace).doesNotContain("55779911");
  }

  private String sandbox(String name) throws IOException {
    return json("orgs", "create", "--name", name, "--env", "test").path("workspace_id").asText();
  }
}
