package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.server.node.TestServer.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signing in and staying signed in, over HTTP.
final class SessionTest {
  private static final String EMAIL = "owner@example.com";

  private final TestServer server = TestServer.start();
  private Instant now = TestServer.BEGINNING;

  @AfterEach
  void stop() {
    server.close();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    server.setTime(now);
  }

  @Test
  void theCodeOfTheStartMakesOneOwnerHoweverManyTryAtOnce() throws Exception {
    var organisation = server.organisation("Acme", 6000);
    var code = server.bootstrapCode(null);
    var tries = new ArrayList<Callable<Response>>();
    for (int i = 0; i < 16; i++) {
      var body =
          """
          {"code": "%s", "email": "person%d@example.com", "name": "Somebody",
           "password": "%s"}
          """
              .formatted(code.toLowerCase(Locale.ROOT).replace("-", " "), i, Browser.PASSWORD);
      tries.add(() -> server.browser().post("/auth/bootstrap", body));
    }

    var answers = new ArrayList<Response>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(tries)) answers.add(answer.get());
    }

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> assertThat(answer.status()).isIn(401, 503));
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 200)
        .allSatisfy(
            answer -> {
              assertThat(answer.json().at("/data/role").asText()).isEqualTo("owner");
              assertThat(answer.json().at("/data/organisation_id").asText())
                  .isEqualTo(organisation.id());
            });
    assertThat(server.needsNoBootstrapCode()).isTrue();
  }

  @Test
  void theCodeOfAnEarlierStartIsVoid() {
    var organisation = server.organisation("Acme", 6000).id();
    var before = server.bootstrapCode(organisation);
    server.bootstrapCode(organisation);

    var answer =
        server
            .browser()
            .post(
                "/auth/bootstrap",
                """
                {"code": "%s", "email": "a@example.com", "name": "A", "password": "%s"}
                """
                    .formatted(before, Browser.PASSWORD));

    isRefused(answer, 401, "wrong_code");
  }

  @Test
  void theFirstOwnerMayNameANewOrganisation() {
    var browser = server.browser();
    var code = server.bootstrapCode(null);
    var person = "{\"code\": \"%s\", \"email\": \"%s\", \"name\": \"A\", \"password\": \"%s\"%s}";

    isRefused(
        browser.post("/auth/bootstrap", person.formatted(code, EMAIL, Browser.PASSWORD, "")),
        422,
        "organisation_name_missing");
    var answer =
        browser.post(
            "/auth/bootstrap",
            person.formatted(
                code, EMAIL, Browser.PASSWORD, ", \"organisation_name\": \"New & Co\""));

    assertThat(browser.data(answer).at("/memberships/0/organisation_name").asText())
        .isEqualTo("New & Co");
  }

  @Test
  void aSignInSetsTheCookieWithTheseAttributesAndNoOthers() {
    owner();

    var answer = server.browser().signIn("OWNER@example.com", Browser.PASSWORD);

    assertThat(answer.headers().allValues("set-cookie"))
        .singleElement()
        .asString()
        .matches("__Host-keyreeve=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.body()).doesNotContain(answer.header("set-cookie").substring(16, 16 + 43));
  }

  @Test
  void aWrongAddressIsAnsweredLikeAWrongPassword() {
    owner();

    var wrongPassword = server.browser().signIn(EMAIL, "not this one at all");
    var wrongAddress = server.browser().signIn("nobody@example.com", Browser.PASSWORD);

    isRefused(wrongPassword, 401, "wrong_credentials");
    assertThat(wrongAddress.status()).isEqualTo(wrongPassword.status());
    assertThat(wrongAddress.body()).isEqualTo(wrongPassword.body());
    assertThat(namesOf(wrongAddress)).isEqualTo(namesOf(wrongPassword));
  }

  @Test
  void failuresMakeBothKnownAndUnknownAddressesWait() {
    owner();
    for (var email : List.of(EMAIL, "nobody@example.com")) {
      for (int i = 0; i < 5; i++) {
        isRefused(server.browser().signIn(email, "not this one at all"), 401, "wrong_credentials");
      }

      var answer = server.browser().signIn(email, Browser.PASSWORD);

      isRefused(answer, 429, "too_many_attempts");
      assertThat(answer.header("retry-after")).isEqualTo("1");
    }
    pass(Duration.ofSeconds(1));
    assertThat(server.browser().signIn(EMAIL, Browser.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void anAddressThatFailsTooOftenWaitsWhateverItTries() {
    owner();
    for (int i = 0; i < 20; i++) {
      isRefused(
          server.browser().signIn("nobody" + i + "@example.com", "not this one at all"),
          401,
          "wrong_credentials");
    }

    isRefused(server.browser().signIn(EMAIL, Browser.PASSWORD), 429, "too_many_attempts");
    pass(Duration.ofSeconds(30));
    assertThat(server.browser().signIn(EMAIL, Browser.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aSessionThatIsUsedGoesOnAndOneThatRestsEnds() {
    var browser = owner();
    var resting = server.browser();
    browser.data(resting.signIn(EMAIL, Browser.PASSWORD));

    pass(Duration.ofMinutes(29));
    assertThat(browser.get("/api/session").status()).isEqualTo(200);
    pass(Duration.ofMinutes(29));
    assertThat(browser.get("/api/session").status()).isEqualTo(200);

    isRefused(resting.get("/api/session"), 401, "session_ended");
    assertThat(browser.data(browser.get("/api/sessions")).path("items")).hasSize(1);
    pass(Duration.ofMinutes(30));
    isRefused(browser.get("/api/session"), 401, "session_ended");
  }

  @Test
  void aSessionEndsAfterTwelveHoursHoweverMuchItIsUsed() {
    var browser = owner();

    for (int i = 0; i < 35; i++) {
      pass(Duration.ofMinutes(20));
      assertThat(browser.get("/api/session").status()).isEqualTo(200);
    }
    pass(Duration.ofMinutes(20));

    isRefused(browser.get("/api/session"), 401, "session_ended");
  }

  @Test
  void theLastUseIsStoredWithoutACallWaitingForIt() throws Exception {
    var browser = owner();
    pass(Duration.ofMinutes(7));
    browser.data(browser.get("/api/session"));

    assertThat(storedUse()).isEqualTo(TestServer.BEGINNING);
    server.storeUses();
    assertThat(storedUse()).isEqualTo(now);
  }

  private Instant storedUse() throws Exception {
    try (var connection = server.superuser();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select seen_at from session")) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }

  @Test
  void aPersonSeesTheirOwnSessionsAndEndsThem() {
    var first = owner();
    pass(Duration.ofSeconds(1));
    var second = server.browser().with("User-Agent", "Reader/1.0");
    second.data(second.signIn(EMAIL, Browser.PASSWORD));
    pass(Duration.ofSeconds(1));
    var third = server.browser();
    third.data(third.signIn(EMAIL, Browser.PASSWORD));

    var items = second.data(second.get("/api/sessions")).path("items");

    assertThat(items).hasSize(3);
    assertThat(items.get(0).path("method").asText()).isEqualTo("bootstrap_code");
    assertThat(items.get(1).path("current").asBoolean()).isTrue();
    assertThat(items.get(1).path("user_agent").asText()).isEqualTo("Reader/1.0");
    assertThat(items.get(1).path("address").asText()).isEqualTo("127.0.0.1");

    second.data(second.delete("/api/sessions/" + items.get(0).path("id").asText()));
    isRefused(first.get("/api/session"), 401, "session_ended");
    assertThat(second.data(second.post("/api/sessions/end-others", "{}")).path("sessions").asInt())
        .isEqualTo(1);
    isRefused(third.get("/api/session"), 401, "session_ended");
    assertThat(second.get("/api/session").status()).isEqualTo(200);
  }

  @Test
  void whoSignsOutIsOut() {
    var browser = owner();
    var before = browser.copy();

    var answer = browser.delete("/api/session");

    assertThat(answer.header("set-cookie"))
        .isEqualTo("__Host-keyreeve=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    isRefused(before.get("/api/session"), 401, "session_ended");
  }

  @Test
  void aCookieThatSomebodyPlantedNeverBecomesASession() {
    owner();
    var planted = "A".repeat(43);
    var victim = server.browser().withCookie(planted);

    victim.data(victim.signIn(EMAIL, Browser.PASSWORD));

    assertThat(victim.cookie()).isNotEqualTo(planted);
    isRefused(server.browser().withCookie(planted).get("/api/session"), 401, "session_ended");
  }

  @Test
  void aChangedPasswordEndsOtherSessionsAndRenewsTheCookie() {
    var browser = owner();
    var other = server.browser();
    other.data(other.signIn(EMAIL, Browser.PASSWORD));
    var before = browser.copy();
    var change = "{\"current_password\": \"%s\", \"new_password\": \"%s\"}";

    isRefused(
        browser.post("/api/person/password", change.formatted("wrong one, this", "x")),
        401,
        "wrong_credentials");
    isRefused(
        browser.post("/api/person/password", change.formatted(Browser.PASSWORD, "short")),
        422,
        "password_too_short");
    browser.data(
        browser.post(
            "/api/person/password", change.formatted(Browser.PASSWORD, "an owl sits in the barn")));

    assertThat(browser.cookie()).isNotEqualTo(before.cookie());
    assertThat(browser.get("/api/session").status()).isEqualTo(200);
    isRefused(before.get("/api/session"), 401, "session_ended");
    isRefused(other.get("/api/session"), 401, "session_ended");
    isRefused(server.browser().signIn(EMAIL, Browser.PASSWORD), 401, "wrong_credentials");
    assertThat(server.browser().signIn(EMAIL, "an owl sits in the barn").status()).isEqualTo(200);
  }

  @Test
  void whatOtherSitesMakeABrowserSendIsRefused() {
    var browser = owner();
    var body = "{}";
    var path = "/api/sessions/end-others";

    isRefused(browser.copy().withCsrfToken(null).post(path, body), 403, "cross_site");
    isRefused(
        browser.copy().withCsrfToken(browser.csrfToken() + "x").post(path, body),
        403,
        "cross_site");
    isRefused(
        browser.copy().with("Origin", "https://evil.example").post(path, body), 403, "cross_site");
    isRefused(browser.copy().with("Origin", "null").post(path, body), 403, "cross_site");
    isRefused(
        browser.copy().with("Sec-Fetch-Site", "cross-site").post(path, body), 403, "cross_site");
    isRefused(
        browser.copy().with("Sec-Fetch-Site", "same-site").post(path, body), 403, "cross_site");
    assertThat(
            browser
                .copy()
                .with("Origin", server.url())
                .with("Sec-Fetch-Site", "same-origin")
                .post(path, body)
                .status())
        .isEqualTo(200);
    assertThat(browser.copy().withCsrfToken(null).get("/api/session").status()).isEqualTo(200);
  }

  @Test
  void aPageThatHasLostItsTokenIsToldItAgain() {
    var browser = owner();
    var token = browser.csrfToken();

    var session = browser.data(browser.withCsrfToken(null).get("/api/session"));

    assertThat(session.path("csrf_token").asText()).isEqualTo(token);
  }

  @Test
  void aSessionCallsWhereAKeyDoesWithTheScopesOfItsRole() {
    var demo = server.demo();
    var browser = server.owner(demo.organisation());

    var listed = browser.get("/dd/v1/mandates?limit=1");
    var whoami = browser.data(browser.get("/dd/v1/me"));

    assertThat(browser.data(listed).path("items")).hasSize(1);
    assertThat(whoami.path("email").asText()).isEqualTo(EMAIL);
    assertThat(whoami.path("workspaceId").asText()).isEqualTo(demo.workspace());
    assertThat(listed.header("x-ratelimit-limit")).isEqualTo("600");
  }

  @Test
  void theCommandLineIsNobody() {
    var operator = Objects.requireNonNull(CommandLineFile.find(server.dataDirectory()));

    var answer = server.get("/api/session", operator.token().reveal());

    isRefused(answer, 403, "person_required");
  }

  private Browser owner() {
    return server.owner(server.organisation("Acme", 6000).id());
  }

  private static List<String> namesOf(Response response) {
    return response.headers().map().keySet().stream().sorted().toList();
  }

  static void isRefused(Response answer, int status, String reason) {
    assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"");
    assertThat(answer.status()).isEqualTo(status);
  }
}
