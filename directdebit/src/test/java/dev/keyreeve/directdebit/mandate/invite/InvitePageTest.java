package dev.keyreeve.directdebit.mandate.invite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InvitePageTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
  private static final Pattern DESCRIBED =
      Pattern.compile("(?:for|aria-describedby|aria-labelledby)=\"([^\"]*)\"");

  @Test
  void isServedSoThatNothingElseCanRunInItOrAroundIt() {
    for (var reply : InvitePage.files().values()) {
      assertThat(reply.header("content-security-policy"))
          .isEqualTo(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
      assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
      assertThat(reply.body()).isNotEmpty();
    }
  }

  @Test
  void holdsNoScriptAndNoStyleThatItsPolicyForbids() {
    assertThat(page())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:");
    assertThat(text("/invite/page.js")).doesNotContain("innerHTML", "eval(", ".style");
  }

  @Test
  void refersOnlyToItsOwnFiles() {
    var references = REFERENCE.matcher(page()).results().map(found -> found.group(1)).toList();

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(path -> assertThat(InvitePage.files()).containsKey(path));
  }

  @Test
  void namesEveryFieldAndKeepsItsErrorBesideIt() {
    var ids = ID.matcher(page()).results().map(found -> found.group(1)).toList();
    var described =
        DESCRIBED
            .matcher(page())
            .results()
            .flatMap(found -> Pattern.compile(" ").splitAsStream(found.group(1)));

    assertThat(described).isNotEmpty().allMatch(ids::contains);
    assertThat(ids).doesNotHaveDuplicates();
    for (var field : new String[] {"accountHolderName", "sortCode", "accountNumber"}) {
      assertThat(page()).contains("<label for=\"" + field + "\"");
      assertThat(ids).contains(field, field + "-error");
    }
  }

  private static String page() {
    return text("/invite");
  }

  private static String text(String path) {
    return new String(requireNonNull(InvitePage.files().get(path)).body(), UTF_8);
  }
}
