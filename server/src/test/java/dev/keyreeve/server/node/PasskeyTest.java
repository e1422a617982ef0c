package dev.keyreeve.server.node;

import static dev.keyreeve.server.node.SessionTest.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.identity.passkey.VirtualAuthenticator;
import dev.keyreeve.server.node.TestServer.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The two ceremonies of WebAuthn over HTTP, with an authenticator that can be made to lie. What a
/// lie is, is tested beside the room itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PasskeyTest {
  private final TestServer server = TestServer.start();
  private final Browser owner = server.owner(server.organisation("Acme", 6000).id());
  private final String origin = "http://localhost:" + server.port();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aPersonRegistersAPasskeySignsInWithItAndDeletesIt() {
    var authenticator = authenticator();

    var passkey = owner.data(register(authenticator, "Phone"));
    var browser = server.browser();
    var session = browser.data(signIn(browser, authenticator));

    assertThat(session.at("/person/email").asText()).isEqualTo("owner@example.com");
    assertThat(browser.data(browser.get("/api/sessions")).path("items"))
        .extracting(each -> each.path("method").asText())
        .contains("passkey");

    var path = "/api/passkeys/" + passkey.path("id").asText();
    owner.data(owner.send("PATCH", path, "{\"name\": \"Old phone\"}"));
    assertThat(owner.data(owner.get("/api/passkeys")).path("items"))
        .extracting(each -> each.path("name").asText())
        .contains("Old phone");
    owner.data(owner.delete(path));
    isRefused(signIn(server.browser(), authenticator), 422, "passkey_not_proved");
  }

  @Test
  void theOptionsAreThoseThatBrowsersTake() {
    var creation = owner.data(owner.post("/api/passkeys/options", "{}")).path("public_key");
    var request =
        server.browser().post("/auth/passkey/options", "{}").json().at("/data/public_key");

    assertThat(creation.at("/rp/id").asText()).isEqualTo("localhost");
    assertThat(creation.at("/user/name").asText()).isEqualTo("owner@example.com");
    assertThat(creation.at("/authenticatorSelection/userVerification").asText())
        .isEqualTo("required");
    assertThat(creation.at("/attestation").asText()).isEqualTo("none");
    assertThat(request.path("rpId").asText()).isEqualTo("localhost");
    assertThat(request.path("challenge").asText()).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void anAnswerThatIsSentAgainOpensNothing() {
    var authenticator = authenticator();
    owner.data(register(authenticator, "Key"));
    var body = signed(authenticator.sign(challenge()));

    assertThat(server.browser().post("/auth/passkey", body).status()).isEqualTo(200);
    isRefused(server.browser().post("/auth/passkey", body), 422, "passkey_not_proved");
  }

  @Test
  void anotherOriginAnotherPartyAndACounterThatWentBackOpenNothing() {
    var authenticator = authenticator();
    owner.data(register(authenticator, "Key"));

    isRefused(
        signIn(server.browser(), authenticator.at("http://localhost.evil.example")),
        422,
        "passkey_not_proved");
    authenticator.at(origin);
    isRefused(
        signIn(server.browser(), authenticator.forParty("evil.example")),
        422,
        "passkey_not_proved");
    authenticator.forParty("localhost");
    assertThat(signIn(server.browser(), authenticator.countingFrom(7)).status()).isEqualTo(200);
    isRefused(signIn(server.browser(), authenticator.countingFrom(6)), 422, "passkey_not_proved");
  }

  private VirtualAuthenticator authenticator() {
    return new VirtualAuthenticator("localhost", origin);
  }

  private Response register(VirtualAuthenticator authenticator, String name) {
    var challenge =
        owner.data(owner.post("/api/passkeys/options", "{}")).at("/public_key/challenge").asText();
    var created = authenticator.create(challenge);
    return owner.post(
        "/api/passkeys",
        """
        {"name": "%s", "client_data_json": "%s", "attestation_object": "%s",
         "transports": ["internal", "hybrid"]}
        """
            .formatted(name, created.clientDataJson(), created.attestationObject()));
  }

  private String challenge() {
    return server
        .browser()
        .post("/auth/passkey/options", "{}")
        .json()
        .at("/data/public_key/challenge")
        .asText();
  }

  private Response signIn(Browser browser, VirtualAuthenticator authenticator) {
    return browser.post("/auth/passkey", signed(authenticator.sign(challenge())));
  }

  private static String signed(VirtualAuthenticator.Signed signed) {
    return """
    {"credential_id": "%s", "client_data_json": "%s", "authenticator_data": "%s",
     "signature": "%s"}
    """
        .formatted(
            signed.credentialId(),
            signed.clientDataJson(),
            signed.authenticatorData(),
            signed.signature());
  }
}
