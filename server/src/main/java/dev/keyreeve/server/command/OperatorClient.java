package dev.keyreeve.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.keyreeve.server.node.OperatorFile;
import dev.keyreeve.server.tls.PinnedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls the operators' API of the server that runs on a data directory.
final class OperatorClient implements AutoCloseable {
  private static final JsonMapper json = new JsonMapper();

  private final HttpClient http;
  private final Path dataDirectory;
  private final OperatorFile operator;

  private OperatorClient(Path dataDirectory, OperatorFile operator) {
    this.dataDirectory = dataDirectory;
    this.operator = operator;
    var pin = operator.certificate();
    this.http =
        pin == null
            ? HttpClient.newHttpClient()
            : HttpClient.newBuilder().sslContext(PinnedCertificate.context(pin)).build();
  }

  /// No server runs on the data directory.
  static final class NoServer extends IOException {
    private static final long serialVersionUID = 1;

    NoServer(Path dataDirectory) {
      super(
          "No server runs on "
              + dataDirectory
              + ". Start one with './keyreeve serve', or name its directory with --data-dir.");
    }
  }

  /// The server refused; the message is its own.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  static OperatorClient of(Path dataDirectory) throws NoServer {
    var operator = OperatorFile.find(dataDirectory);
    if (operator == null) throw new NoServer(dataDirectory);
    return new OperatorClient(dataDirectory, operator);
  }

  /// The workspace to use where none is named.
  @Nullable String workspace() {
    return operator.workspace();
  }

  JsonNode get(String path) throws IOException, Refused {
    return send(request(path).GET().build());
  }

  /// The items of a list, page by page.
  ///
  /// @param query what is asked for; what is null is left out
  ArrayNode getAll(String path, Map<String, @Nullable String> query) throws IOException, Refused {
    var items = json.createArrayNode();
    var asked = new LinkedHashMap<String, @Nullable String>(query);
    JsonNode page;
    do {
      page = get(path + queryOf(asked));
      page.path("items").forEach(items::add);
      asked.put("cursor", page.path("next_cursor").asText());
    } while (page.has("next_cursor"));
    return items;
  }

  private static String queryOf(Map<String, @Nullable String> fields) {
    var text = new StringBuilder();
    fields.forEach(
        (name, value) -> {
          if (value == null) return;
          text.append(text.isEmpty() ? '?' : '&')
              .append(name)
              .append('=')
              .append(URLEncoder.encode(value, UTF_8).replace("+", "%20"));
        });
    return text.toString();
  }

  JsonNode post(String path, @Nullable JsonNode input) throws IOException, Refused {
    return send("POST", path, input);
  }

  JsonNode put(String path, JsonNode input) throws IOException, Refused {
    return send("PUT", path, input);
  }

  JsonNode delete(String path) throws IOException, Refused {
    return send(request(path).DELETE().build());
  }

  private JsonNode send(String method, String path, @Nullable JsonNode input)
      throws IOException, Refused {
    var body = input == null ? "{}" : json.writeValueAsString(input);
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(operator.url() + "/api" + path))
        .header("Authorization", "Bearer " + operator.token().reveal())
        .timeout(Duration.ofSeconds(30));
  }

  private JsonNode send(HttpRequest request) throws IOException, Refused {
    try {
      var answer = json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
      if (answer.path("success").asBoolean()) return answer.path("data");
      throw new Refused(explain(answer.path("error")));
    } catch (ConnectException _) {
      // A server that was killed leaves its file behind.
      throw new NoServer(dataDirectory);
    } catch (JsonProcessingException e) {
      throw new IOException("What answers at " + operator.url() + " is not Keyreeve", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// The server's sentence, and what is wrong with each part of the input.
  private static String explain(JsonNode error) {
    var text = new StringBuilder(error.path("message").asText());
    for (var issue : error.path("issues")) {
      text.append("\n  ")
          .append(issue.path("path").asText())
          .append(": ")
          .append(issue.path("message").asText());
    }
    for (var name : new String[] {"scopes", "apis"}) {
      if (error.has(name)) {
        text.append("\n  There are: ").append(words(error.path(name)));
      }
    }
    return text.toString();
  }

  static String words(JsonNode list) {
    var words = new StringBuilder();
    for (var word : list) {
      if (!words.isEmpty()) words.append(' ');
      words.append(word.asText());
    }
    return words.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
