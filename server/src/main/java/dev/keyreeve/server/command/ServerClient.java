package dev.keyreeve.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Route;
import dev.keyreeve.procedure.command.RunningServer;
import dev.keyreeve.procedure.command.Table;
import dev.keyreeve.procedure.shape.Issue;
import dev.keyreeve.server.node.CommandLineFile;
import dev.keyreeve.server.tls.PinnedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Calls the operators' API of the server that runs on a data directory, as its command line.
final class ServerClient implements RunningServer, AutoCloseable {
  private static final JsonMapper json = new JsonMapper();

  private final Path dataDirectory;
  private @Nullable Connection connection;

  ServerClient(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /// @param file what the server left for its command line
  private record Connection(CommandLineFile file, HttpClient http) {}

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

  @Override
  public @Nullable String workspace() throws NoServer {
    return connection().file().workspace();
  }

  @Override
  public Answer call(String under, Route route, ObjectNode input) throws IOException {
    var rest = input.deepCopy();
    var path =
        route.segments().stream()
            .map(
                segment ->
                    Route.isVariable(segment)
                        ? escaped(rest.remove(Route.nameOf(segment)))
                        : segment)
            .collect(Collectors.joining("/", "/api" + under + "/", ""));
    return route.method().hasBody()
        ? send(
            request(path)
                .header("Content-Type", "application/json")
                .method(route.method().name(), BodyPublishers.ofString(rest.toString())))
        : send(request(path + query(rest)).method(route.method().name(), BodyPublishers.noBody()));
  }

  private static String query(ObjectNode input) {
    return input.properties().stream()
        .map(field -> field.getKey() + "=" + escaped(field.getValue()))
        .collect(Collectors.joining("&", input.isEmpty() ? "" : "?", ""));
  }

  /// As it stands in a path or query; the items of a list are joined by commas.
  private static String escaped(JsonNode value) {
    return items(value)
        .map(item -> URLEncoder.encode(item.asText(), UTF_8).replace("+", "%20"))
        .collect(Collectors.joining(","));
  }

  private static Stream<JsonNode> items(JsonNode value) {
    return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
  }

  private HttpRequest.Builder request(String path) throws NoServer {
    var file = connection().file();
    return HttpRequest.newBuilder(URI.create(file.url() + path))
        .header("Authorization", "Bearer " + file.token().reveal())
        .timeout(Duration.ofSeconds(30));
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    var http = connection().http();
    try {
      var text = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
      var answer = json.readTree(text);
      return answer.path("success").asBoolean()
          ? new Answer.Done(answer.path("data"))
          : refused(answer.path("error"));
    } catch (ConnectException _) {
      // A server that was killed leaves its file behind.
      throw new NoServer(dataDirectory);
    } catch (JsonProcessingException e) {
      throw new IOException("What answers at " + connection().file().url() + " is not Keyreeve", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Answer refused(JsonNode error) {
    var issues =
        items(error.path("issues"))
            .filter(JsonNode::isObject)
            .map(
                issue ->
                    new Issue(
                        issue.path("path").asText(),
                        issue.path("code").asText(),
                        issue.path("message").asText()))
            .toList();
    var hints =
        Stream.of("scopes", "apis")
            .filter(error::has)
            .map(name -> "There are: " + Table.text(error.path(name)))
            .toList();
    return new Answer.Refused(error.path("message").asText(), issues, hints);
  }

  private Connection connection() throws NoServer {
    if (connection == null) {
      var file = CommandLineFile.find(dataDirectory);
      if (file == null) throw new NoServer(dataDirectory);

      var pin = file.certificate();
      connection =
          new Connection(
              file,
              pin == null
                  ? HttpClient.newHttpClient()
                  : HttpClient.newBuilder().sslContext(PinnedCertificate.context(pin)).build());
    }
    return connection;
  }

  @Override
  public void close() {
    if (connection != null) connection.http().close();
  }
}
