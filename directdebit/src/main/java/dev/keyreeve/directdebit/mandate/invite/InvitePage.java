package dev.keyreeve.directdebit.mandate.invite;

import dev.keyreeve.procedure.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// The page that an invite's link opens: three files, the same for everybody. What a payer sees
/// comes from the procedures `invites.view` and `invites.submit`, called by the page's script.
public final class InvitePage {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  private InvitePage() {}

  /// The files by the paths that they refer to each other by.
  public static Map<String, Reply> files() {
    return Map.of(
        "/invite", file("page.html", "text/html; charset=utf-8"),
        "/invite/page.js", file("page.js", "text/javascript; charset=utf-8"),
        "/invite/page.css", file("page.css", "text/css; charset=utf-8"));
  }

  private static Reply file(String name, String contentType) {
    return Reply.of(200, contentType, bytes(name))
        .with("content-security-policy", POLICY)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-cache");
  }

  private static byte[] bytes(String name) {
    try (var stream = InvitePage.class.getResourceAsStream(name)) {
      if (stream == null) throw new IllegalStateException("the jar lacks " + name);
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
