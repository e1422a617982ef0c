package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.key.ScannerRules;
import dev.keyreeve.identity.organisation.OrganisationView;
import dev.keyreeve.procedure.Golden;
import dev.keyreeve.server.node.TestServer.Response;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The operators' API of keys, as its guide shows it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeysOverHttpTest {
  private static final Path SCANNING = Path.of("../docs/reference/scanning");

  private final TestServer server = TestServer.start();
  private final OrganisationView organisation = server.organisation("Guide", 100_000);
  private final TestServer.SignedIn admin = server.signIn(organisation, Role.ADMIN);

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void leadsAKeyThroughItsLifeByTheCallsOfTheGuide() {
    var created =
        data(
            send(
                "POST",
                "/api/keys",
                """
                {"workspace_id": "%s", "name": "Prod nightly", "scopes": ["mandates:read"],
                 "rate_limit": 120, "expires_on": "2027-01-31", "tags": ["etl"]}
                """
                    .formatted(organisation.workspaceId())));
    var path = "/api/keys/" + created.path("id").asText();
    var secret = created.path("key").asText();
    assertThat(secret).startsWith("dd_live_1").hasSize(59);
    assertThat(created.path("key_prefix").asText()).isEqualTo(secret.substring(0, 13) + "…");
    assertThat(created.path("expires_at").asText()).isEqualTo("2027-02-01T00:00:00Z");
    assertThat(created.path("expires_zone").asText()).isEqualTo("Europe/London");
    assertThat(created.path("created_by").asText()).isEqualTo("admin@example.com");
    assertThat(me(secret).status()).isEqualTo(200);
    assertHolds(created);

    var listed = data(send("GET", "/api/keys?workspace_id=" + organisation.workspaceId(), null));
    var shown =
        listed
            .path("items")
            .valueStream()
            .filter(key -> key.path("id").equals(created.path("id")))
            .findAny()
            .orElseThrow();
    assertThat(listed.toString()).doesNotContain(secret.substring(21, 50));
    assertThat(fields(shown))
        .contains(
            "id",
            "name",
            "key_prefix",
            "scopes",
            "is_active",
            "status",
            "rate_limit",
            "request_count",
            "expires_at",
            "created_at",
            "created_by")
        .doesNotContain("key", "last_used_at");

    var off = data(send("PUT", path, "{\"is_active\": false}"));
    assertThat(off.path("status").asText()).isEqualTo("inactive");
    assertHolds(off);
    assertThat(me(secret).status()).isEqualTo(403);
    assertThat(me(secret).json().at("/error/reason").asText()).isEqualTo("key_disabled");
    data(send("PUT", path, "{\"is_active\": true}"));
    assertThat(me(secret).status()).isEqualTo(200);

    var renewed = data(send("POST", path + "/regenerate", null));
    assertThat(renewed.path("id")).isEqualTo(created.path("id"));
    assertHolds(renewed);
    assertThat(me(secret).status()).isEqualTo(401);
    var second = renewed.path("key").asText();
    assertThat(me(second).status()).isEqualTo(200);

    var rotated = data(send("POST", path + "/rotate", "{\"overlap_seconds\": 3600}"));
    assertThat(rotated.path("old_secret_ends_at").asText()).isEqualTo("2026-11-23T13:00:00Z");
    assertThat(me(second).status()).isEqualTo(200);
    assertThat(me(rotated.path("key").asText()).status()).isEqualTo(200);

    assertHolds(data(send("DELETE", path, null)));
    assertThat(me(second).status()).isEqualTo(401);
    assertThat(me(second).json().at("/error/reason").asText()).isEqualTo("key_revoked");
    assertThat(send("GET", path, null).status()).isEqualTo(404);
    assertThat(data(send("GET", path + "/activity", null)).path("items"))
        .extracting(entry -> entry.path("action").asText())
        .containsExactly(
            "key.deleted",
            "key.rotated",
            "key.regenerated",
            "key.activated",
            "key.deactivated",
            "key.issued");
  }

  @Test
  void takesTheIdempotencyKeyAsAHeader() {
    var body = "{\"name\": \"Once\", \"scopes\": [\"mandates:read\"]}";

    var first = server.sendNamed("/api/keys", admin, "deploy-7", body);
    var again = server.sendNamed("/api/keys", admin, "deploy-7", body);

    assertThat(first.json().at("/data/key").isTextual()).isTrue();
    assertThat(first.json().at("/data/replayed").asBoolean()).isFalse();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().at("/data/id")).isEqualTo(first.json().at("/data/id"));
    assertThat(again.json().at("/data/key").isMissingNode()).isTrue();
    assertThat(again.json().at("/data/replayed").asBoolean()).isTrue();
  }

  @Test
  void namesEachFieldThatIsWrong() {
    var response =
        send("POST", "/api/keys", "{\"name\": \"\", \"scopes\": [], \"rate_limit\": 601}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().at("/error/issues"))
        .extracting(issue -> issue.path("path").asText())
        .containsExactly("name", "scopes", "rate_limit");
  }

  @Test
  void takesLeakedKeysFromAnybodyAndTellsTheOwnerAlone() throws SQLException {
    var leaked = server.fullKey(organisation.workspaceId());
    var path = "/api/keys/revoke-leaked";

    var match = server.post(path, null, "{\"keys\": [\"" + leaked + "\"]}");
    var again = server.post(path, null, "{\"keys\": [\"" + leaked + "\"]}");
    var nothing = server.post(path, null, "{\"keys\": [\"nonsense\"]}");
    var tooMany =
        server.post(
            path,
            null,
            "{\"keys\": [\"" + String.join("\",\"", Collections.nCopies(101, "x")) + "\"]}");

    assertThat(match.body()).isEqualTo("{\"success\":true,\"data\":{\"received\":1}}");
    assertThat(List.of(again.body(), nothing.body())).containsOnly(match.body());
    assertThat(me(leaked).json().at("/error/reason").asText()).isEqualTo("key_revoked");
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(eventsOf(leaked.substring(9, 21))).containsExactly("key.leaked");
  }

  @Test
  void letsACommandLineNameAnyWorkspace() {
    var response =
        server.post(
            "/api/keys",
            server.operator(),
            "{\"workspace_id\": \"%s\", \"name\": \"x\", \"scopes\": [\"mandates:read\"]}"
                .formatted(organisation.workspaceId()));

    assertThat(data(response).path("created_by").asText()).isEqualTo("command line");
  }

  @Test
  void writesTheRulesForScannersThatAreCommitted() {
    var brands = new TreeSet<>(Services.SHIPPED.catalogues().keySet());

    Golden.assertMatches(SCANNING.resolve("gitleaks.toml"), ScannerRules.gitleaks(brands));
    Golden.assertMatches(
        SCANNING.resolve("github-custom-patterns.txt"), ScannerRules.github(brands));
    Golden.assertMatches(SCANNING.resolve("trufflehog.yaml"), ScannerRules.trufflehog(brands));
    Golden.assertMatches(SCANNING.resolve("vectors.txt"), ScannerRules.vectors(brands));
  }

  private Response send(String method, String path, @Nullable String body) {
    return server.send(method, path, admin, body);
  }

  /// The types of what is told of a key in its workspace.
  private List<String> eventsOf(String key) throws SQLException {
    var types = new ArrayList<String>();
    try (var connection = server.superuser();
        var query = connection.prepareStatement("select type from event where subject_id = ?")) {
      query.setString(1, key);
      try (var row = query.executeQuery()) {
        while (row.next()) types.add(row.getString(1));
      }
    }
    return types;
  }

  private Response me(String key) {
    return server.get("/dd/v1/me", key);
  }

  private static JsonNode data(Response response) {
    assertThat(response.status()).describedAs(response.body()).isEqualTo(200);
    return response.json().path("data");
  }

  private static void assertHolds(JsonNode answer) {
    assertThat(answer.at("/effective/nodes").asInt()).isEqualTo(1);
    assertThat(answer.at("/effective/at").asText()).isEqualTo("2026-11-23T12:00:00Z");
  }

  private static List<String> fields(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
