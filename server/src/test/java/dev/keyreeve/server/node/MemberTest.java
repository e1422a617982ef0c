package dev.keyreeve.server.node;

import static dev.keyreeve.server.node.SessionTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.server.node.TestServer.Response;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people are to organisations, over HTTP.
final class MemberTest {
  private static final String OWNER = "owner@example.com";

  private final TestServer server = TestServer.start();
  private final String organisation = server.organisation("Acme", 6000).id();
  private final Browser owner = server.owner(organisation);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void somebodyNewAcceptsAnInvitationOnce() {
    var token = invite(owner, "new@example.com", "operator").path("token").asText();
    var browser = server.browser();

    var session = browser.data(accept(browser, token));

    assertThat(session.path("role").asText()).isEqualTo("operator");
    assertThat(session.at("/person/email").asText()).isEqualTo("new@example.com");
    isRefused(accept(server.browser(), token), 404, "invitation_not_found");
    assertThat(owner.data(owner.get("/api/members")).path("items"))
        .extracting(member -> member.path("email").asText())
        .containsExactlyInAnyOrder(OWNER, "new@example.com");
    assertThat(owner.data(owner.get("/api/members/invitations")).path("items")).isEmpty();
  }

  @Test
  void anInvitationRunsOutAndCanBeTakenBack() {
    var first = invite(owner, "late@example.com", "viewer");
    var second = invite(owner, "taken@example.com", "viewer");
    owner.data(owner.delete("/api/members/invitations/" + second.path("id").asText()));

    isRefused(accept(server.browser(), second.path("token").asText()), 404, "invitation_not_found");
    server.setTime(TestServer.BEGINNING.plus(Duration.ofDays(7)));
    isRefused(accept(server.browser(), first.path("token").asText()), 404, "invitation_not_found");
  }

  @Test
  void somebodyKnownAcceptsItWhenSignedInAndThenSwitches() {
    var other = server.organisation("Other", 6000);
    var token = operatorInvites(other.id(), OWNER, "viewer");

    isRefused(accept(server.browser(), token), 409, "sign_in_first");
    owner.data(owner.post("/api/members/invitations/accept", "{\"token\": \"" + token + "\"}"));
    var before = owner.cookie();
    var moved =
        owner.data(
            owner.post(
                "/api/session/workspace", "{\"workspace_id\": \"" + other.workspaceId() + "\"}"));

    assertThat(moved.path("role").asText()).isEqualTo("viewer");
    assertThat(moved.path("organisation_id").asText()).isEqualTo(other.id());
    assertThat(owner.cookie()).isEqualTo(before);
    isRefused(
        owner.post("/api/members/invitations", "{\"email\":\"x@example.com\",\"role\":\"viewer\"}"),
        403,
        "insufficient_role");
    var again = server.browser();
    assertThat(again.data(again.signIn(OWNER, Browser.PASSWORD)).path("workspace_id").asText())
        .isEqualTo(other.workspaceId());
  }

  @Test
  void aWorkspaceOfAStrangerIsNotThere() {
    var other = server.organisation("Other", 6000);

    isRefused(
        owner.post("/api/session/workspace", "{\"workspace_id\": \"" + other.workspaceId() + "\"}"),
        404,
        "workspace_not_found");
    isRefused(
        owner.get("/api/members?organisation_id=" + other.id()), 404, "organisation_not_found");
  }

  @Test
  void nobodyGrantsWhatIsAboveTheirOwnRole() {
    var admin = member("admin@example.com", "admin");
    var ownerId = idOf(OWNER);

    isRefused(
        admin.post("/api/members/invitations", "{\"email\":\"x@example.com\",\"role\":\"owner\"}"),
        403,
        "role_above_own");
    isRefused(
        admin.post("/api/members/" + ownerId + "/role", "{\"role\": \"viewer\"}"),
        403,
        "role_above_own");
    isRefused(admin.delete("/api/members/" + ownerId), 403, "role_above_own");
    isRefused(
        admin.post("/api/members/" + idOf("admin@example.com") + "/role", "{\"role\": \"owner\"}"),
        403,
        "role_above_own");
  }

  @Test
  void theLastOwnerStays() {
    var ownerId = idOf(OWNER);

    isRefused(
        owner.post("/api/members/" + ownerId + "/role", "{\"role\": \"admin\"}"),
        409,
        "last_owner");
    isRefused(owner.delete("/api/members/" + ownerId), 409, "last_owner");
    isRefused(owner.post("/api/members/leave", "{}"), 409, "last_owner");

    var second = member("second@example.com", "owner");
    owner.data(owner.post("/api/members/leave", "{}"));
    isRefused(owner.get("/api/session"), 401, "session_ended");
    isRefused(second.post("/api/members/leave", "{}"), 409, "last_owner");
  }

  @Test
  void aRemovedMembersSessionIsDeadWhenTheRemovalIsAnswered() {
    var removed = member("gone@example.com", "operator");
    assertThat(removed.get("/dd/v1/me").status()).isEqualTo(200);

    owner.data(owner.delete("/api/members/" + idOf("gone@example.com")));

    isRefused(removed.get("/dd/v1/me"), 401, "session_ended");
    isRefused(removed.get("/api/session"), 401, "session_ended");
    isRefused(
        server.browser().signIn("gone@example.com", Browser.PASSWORD), 401, "wrong_credentials");
    var again = invite(owner, "gone@example.com", "viewer").path("token").asText();
    assertThat(accept(server.browser(), again).status()).isEqualTo(200);
  }

  @Test
  void aChangedRoleHoldsInOpenSessionsWhenItIsAnswered() {
    var member = member("some@example.com", "viewer");
    var mandate = "{\"not\": \"valid\"}";

    isRefused(member.post("/dd/v1/mandates", mandate), 403, "insufficient_scope");
    owner.data(
        owner.post(
            "/api/members/" + idOf("some@example.com") + "/role", "{\"role\": \"operator\"}"));
    isRefused(member.post("/dd/v1/mandates", mandate), 400, "invalid_input");
    owner.data(
        owner.post("/api/members/" + idOf("some@example.com") + "/role", "{\"role\": \"viewer\"}"));
    isRefused(member.post("/dd/v1/mandates", mandate), 403, "insufficient_scope");
  }

  @Test
  void aViewerIsRefusedWhereMoreIsAsked() {
    var viewer = member("viewer@example.com", "viewer");

    assertThat(viewer.get("/api/members").status()).isEqualTo(200);
    isRefused(
        viewer.post(
            "/api/members/invitations", "{\"email\":\"x@example.com\",\"role\":\"viewer\"}"),
        403,
        "insufficient_role");
    isRefused(viewer.delete("/api/members/" + idOf(OWNER)), 403, "insufficient_role");
  }

  @Test
  void aLostPasswordIsResetOnceAndEndsAllSessions() {
    var member = member("lost@example.com", "viewer");
    var reset =
        owner
            .data(owner.post("/api/members/" + idOf("lost@example.com") + "/reset-password", "{}"))
            .path("token")
            .asText();
    var body = "{\"token\": \"%s\", \"password\": \"three geese on the ice\"}".formatted(reset);

    var done = server.browser().post("/auth/password-reset", body);

    assertThat(done.json().at("/data/email").asText()).isEqualTo("lost@example.com");
    isRefused(member.get("/api/session"), 401, "session_ended");
    isRefused(server.browser().post("/auth/password-reset", body), 404, "reset_not_found");
    isRefused(
        server.browser().signIn("lost@example.com", Browser.PASSWORD), 401, "wrong_credentials");
    assertThat(server.browser().signIn("lost@example.com", "three geese on the ice").status())
        .isEqualTo(200);
  }

  @Test
  void anOwnerResetsNoPasswordThatOpensAnotherOrganisationToo() {
    member("both@example.com", "viewer");
    var other = server.organisation("Other", 6000).id();
    var both = server.browser();
    both.data(both.signIn("both@example.com", Browser.PASSWORD));
    var token = operatorInvites(other, "both@example.com", "viewer");
    both.data(both.post("/api/members/invitations/accept", "{\"token\": \"" + token + "\"}"));

    isRefused(
        owner.post("/api/members/" + idOf("both@example.com") + "/reset-password", "{}"),
        409,
        "belongs_elsewhere");
    assertThat(
            operatorPosts(
                    "/api/members/" + idOf("both@example.com") + "/reset-password",
                    "{\"organisation_id\": \"" + other + "\"}")
                .status())
        .isEqualTo(200);
  }

  private JsonNode invite(Browser by, String email, String role) {
    return by.data(
        by.post(
            "/api/members/invitations",
            "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role)));
  }

  private Browser member(String email, String role) {
    var browser = server.browser();
    browser.data(accept(browser, invite(owner, email, role).path("token").asText()));
    return browser;
  }

  private static Response accept(Browser browser, String token) {
    return browser.post(
        "/auth/invitations/accept",
        "{\"token\": \"%s\", \"name\": \"Some Body\", \"password\": \"%s\"}"
            .formatted(token, Browser.PASSWORD));
  }

  private String operatorInvites(String organisation, String email, String role) {
    return operatorPosts(
            "/api/members/invitations",
            "{\"organisation_id\": \"%s\", \"email\": \"%s\", \"role\": \"%s\"}"
                .formatted(organisation, email, role))
        .json()
        .at("/data/token")
        .asText();
  }

  private Response operatorPosts(String path, String body) {
    var operator = Objects.requireNonNull(CommandLineFile.find(server.dataDirectory()));
    return server.post(path, operator.token().reveal(), body);
  }

  private String idOf(String email) {
    for (var member : owner.data(owner.get("/api/members")).path("items")) {
      if (member.path("email").asText().equals(email)) return member.path("id").asText();
    }
    throw new AssertionError("no member " + email);
  }
}
