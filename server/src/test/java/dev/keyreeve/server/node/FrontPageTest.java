package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What somebody sees who opens the server's address in a browser.
final class FrontPageTest {
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void linksToWhatIsThere() {
    var page = server.get("/", null);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    var links = LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
    assertThat(links).containsExactly("/dd/app-router.d.ts", "/dd/openapi.json", "/healthz");
    assertThat(links)
        .allSatisfy(link -> assertThat(server.get(link, null).status()).isEqualTo(200));
  }

  @Test
  void runsNothingAndIsShownNowhereElse() {
    var page = server.get("/", null);

    assertThat(page.header("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
    assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.body()).doesNotContain("<script", "<style", "style=", "http:");
    assertThat(page.body()).doesNotContainPattern("\\d+\\.\\d+");
  }

  @Test
  void answersHeadAndNothingElse() {
    var head = server.send("HEAD", "/", (String) null, null);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(server.post("/", null, "{}").status()).isEqualTo(405);
  }

  @Test
  void takesNoPathFromOthers() {
    assertThat(server.get("/nowhere", null).status()).isEqualTo(401);
    assertThat(server.get("/invite", null).status()).isEqualTo(200);
    assertThat(server.post("/invites/view", null, "{\"token\": \"x\"}").body())
        .contains("\"success\":false");
  }
}
