package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.directdebit.DirectDebitDeclaration;
import dev.keyreeve.identity.key.IssueKey;
import dev.keyreeve.platform.service.OpenedWorkspace;
import dev.keyreeve.platform.service.ServiceDeclaration;
import dev.keyreeve.procedure.Actor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A service is its module and one line in a list: a made-up one stands beside direct debit, and
/// nothing else of the server knows of it.
final class MadeUpServiceTest {
  private static final MadeUp MADE_UP = new MadeUp();
  private static final List<ServiceDeclaration<?>> BOTH =
      List.of(new DirectDebitDeclaration(), MADE_UP);

  private static TestServer server;
  private static String workspace;

  @BeforeAll
  static void start() {
    server = TestServer.start(new Services(BOTH), Map.of("KEYREEVE_MADE_UP_TIMES", "3"));
    workspace = server.organisation("Valley", 60_000, Environment.TEST).workspaceId();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersByRestAndByTrpcAsItsSettingsSay() {
    var key = key(MadeUp.BRAND, MadeUp.SHOUT);

    var rest = server.post("/xx/v1/echoes", key, "{\"text\": \"ho\"}");
    var trpc = server.post("/xx/trpc/echoes.shout", key, "{\"text\": \"ho\"}");

    assertThat(rest.json().at("/data/text").asText()).isEqualTo("hohoho");
    assertThat(trpc.json().at("/result/data/text").asText()).isEqualTo("hohoho");
    assertThat(server.get("/xx/v1/me", key).status()).isEqualTo(200);
  }

  @Test
  void keepsItsKeysAndThoseOfOthersApart() {
    var ours = key(MadeUp.BRAND, MadeUp.SHOUT);
    var theirs = server.fullKey(workspace);

    assertThat(ours).startsWith("xx_test_");
    assertThat(server.get("/dd/v1/me", ours).status()).isEqualTo(403);
    assertThat(server.get("/xx/v1/me", theirs).status()).isEqualTo(403);
    assertThat(server.get("/dd/v1/me", theirs).status()).isEqualTo(200);
    assertThat(server.get("/trpc/auth.whoami", theirs).status()).isEqualTo(200);
  }

  @Test
  void hasItsDocumentsBesideThoseOfOthers() {
    var ours = server.get("/xx/openapi.json", null).json();
    var theirs = server.get("/dd/openapi.json", null).json();

    assertThat(ours.at("/servers/0/url").asText()).isEqualTo("/xx/v1");
    assertThat(ours.at("/paths").has("/echoes")).isTrue();
    assertThat(theirs.at("/servers/0/url").asText()).isEqualTo("/dd/v1");
    assertThat(theirs.at("/paths").has("/mandates")).isTrue();
    assertThat(server.get("/xx/app-router.d.ts", null).body()).contains("shout");
    assertThat(server.get("/", null).body()).contains("/xx/openapi.json", "Echoes");
  }

  @Test
  void tellsItsEventsToWebhooks() {
    var made =
        server.send(
            "POST",
            "/api/webhooks",
            server.operator(),
            """
            {"workspace_id": "%s", "url": "https://93.184.216.34/hook", "event_types": ["%s"]}
            """
                .formatted(workspace, MadeUp.SHOUTED));

    assertThat(made.body()).contains(MadeUp.SHOUTED);
  }

  @Test
  void isToldOfEachWorkspaceOnce() {
    var older = new OpenedWorkspace(workspace, Environment.TEST);
    assertThat(MADE_UP.opened).containsOnlyOnce(older);

    server.server().services().openings(server.jdbi()).catchUp(TestServer.BEGINNING);

    assertThat(MADE_UP.opened).containsOnlyOnce(older);
  }

  @Test
  void isToldOfWorkspacesThatAreOlderThanItself() {
    try (var before = TestServer.start()) {
      var old = before.organisation("Old", 60_000, Environment.LIVE).workspaceId();
      var late = new MadeUp();
      var services = new Services(List.of(new DirectDebitDeclaration(), late));

      before.startAnother(services).close();
      before.startAnother(services).close();

      assertThat(late.opened).containsExactly(new OpenedWorkspace(old, Environment.LIVE));
    }
  }

  @Test
  void aWorkspaceThatItCannotBeToldOfKeepsNoServerFromStartingAndIsToldLater() {
    try (var before = TestServer.start()) {
      var first = before.organisation("First", 60_000, Environment.TEST).workspaceId();
      var second = before.organisation("Second", 60_000, Environment.TEST).workspaceId();
      var late = new MadeUp();
      late.unable.add(first);
      var services = new Services(List.of(new DirectDebitDeclaration(), late));

      before.startAnother(services).close();
      var meanwhile = List.copyOf(late.opened);
      late.unable.clear();
      before.startAnother(services).close();

      assertThat(meanwhile).extracting(OpenedWorkspace::id).containsExactly(second);
      assertThat(late.opened).extracting(OpenedWorkspace::id).containsExactly(second, first);
    }
  }

  @Test
  void standsInTheDemoAfterDirectDebit() throws Exception {
    var demo = server.server().demo();
    server.server().announce(demo, null);

    assertThat(demo.keys()).containsPattern("(?s)^Full key .*\nEcho key       xx_test_\\S+\n$");
    assertThat(demo.commands(server.url())).contains("Who am I:", "Shout:");
    var file = new JsonMapper().readTree(server.dataDirectory().resolve("demo.json").toFile());
    assertThat(file.at("/keys/xx_full").asText()).startsWith("xx_test_");
    for (var key : List.of("dd_full", "dd_read", "xx_full")) {
      var path = "/" + key.substring(0, 2) + "/v1/me";
      assertThat(server.get(path, file.at("/keys/" + key).asText()).status())
          .as("with %s", key)
          .isEqualTo(200);
    }
    assertThat(file.at("/xx/valley").asText()).isEqualTo("the deep one");
  }

  @Test
  void cannotTakeTheBrandOfAnother() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Services(List.of(new MadeUp(), new MadeUp())))
        .withMessage("two services are xx");
  }

  private static String key(String brand, Scope scope) {
    var wanted = new IssueKey(workspace, brand, null, "test", List.of(scope), 600, null);
    return TestServer.secretOf(
        TestServer.done(
            server.server().access().keys().issue(wanted, Actor.SYSTEM, TestServer.BEGINNING)));
  }
}
