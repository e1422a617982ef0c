package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.http.Reply;
import java.util.List;
import java.util.stream.Collectors;

/// The page at `/`, where people land who open the server's address: what this is, and where its
/// documents are. It is the same for everybody, runs nothing and tells nothing that is not public.
final class FrontPage {
  private static final String POLICY =
      "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  private FrontPage() {}

  static Reply listing(List<ApiDocument> documents) {
    var items =
        documents.stream()
            .map(
                document ->
                    "<li><a href=\"%s\">%s, %s</a></li>\n"
                        .formatted(document.path(), document.api(), document.form()))
            .collect(Collectors.joining());
    return Reply.of(200, "text/html; charset=utf-8", page(items).getBytes(UTF_8))
        .with("content-security-policy", POLICY)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-cache");
  }

  private static String page(String items) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Keyreeve</title>
    </head>
    <body>
    <main>
    <h1>Keyreeve</h1>
    <p>This server decides for every API call who calls, whether they may, and whether they still may now.</p>
    <h2>Documents</h2>
    <ul>
    %s</ul>
    <p><a href="/healthz">Health</a></p>
    </main>
    </body>
    </html>
    """
        .formatted(items);
  }
}
