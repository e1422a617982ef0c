package dev.keyreeve.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyreeve.server.node.TestServer.Response;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a browser does on one of our own pages: it keeps the cookie, and sends the cross-site token
/// that it was given with all that changes something.
final class Browser {
  /// Good enough for anybody.
  static final String PASSWORD = "a heron stands in the shallows";

  private final TestServer server;
  private final Map<String, String> extra = new LinkedHashMap<>();
  private @Nullable String cookie;
  private @Nullable String csrfToken;

  Browser(TestServer server) {
    this.server = server;
  }

  /// Another window of the same browser.
  Browser copy() {
    var copy = new Browser(server);
    copy.cookie = cookie;
    copy.csrfToken = csrfToken;
    return copy;
  }

  Browser with(String header, String value) {
    extra.put(header, value);
    return this;
  }

  Browser withCsrfToken(@Nullable String token) {
    csrfToken = token;
    return this;
  }

  Browser withCookie(@Nullable String value) {
    cookie = value;
    return this;
  }

  String cookie() {
    if (cookie == null) throw new AssertionError("nobody is signed in");
    return cookie;
  }

  String csrfToken() {
    if (csrfToken == null) throw new AssertionError("nobody is signed in");
    return csrfToken;
  }

  Response get(String path) {
    return send("GET", path, null);
  }

  Response post(String path, String body) {
    return send("POST", path, body);
  }

  Response delete(String path) {
    return send("DELETE", path, null);
  }

  Response signIn(String email, String password) {
    return post(
        "/auth/sign-in", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  /// What the answer holds, which must be a success.
  JsonNode data(Response response) {
    if (response.status() != 200) throw new AssertionError(response.body());
    return response.json().path("data");
  }

  Response send(String method, String path, @Nullable String body) {
    var request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (cookie != null) request.header("Cookie", "theme=dark; __Host-keyreeve=" + cookie);
    if (csrfToken != null && !method.equals("GET")) request.header("X-CSRF-Token", csrfToken);
    if (body != null) request.header("Content-Type", "application/json");
    extra.forEach(request::header);
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    var response = server.send(request.build());
    keep(response);
    return response;
  }

  private void keep(Response response) {
    for (var line : response.headers().allValues("set-cookie")) {
      var value = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
      cookie = value.isEmpty() ? null : value;
      var token = response.json().at("/data/csrf_token");
      csrfToken = token.isTextual() ? token.asText() : null;
    }
  }
}
