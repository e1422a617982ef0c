package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a program finds that starts a demo, by the command that people use.
final class DemoFileTest {
  private static final Pattern GREETED = Pattern.compile("Stop with Ctrl-C");
  private static final JsonMapper json = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void holdsWhatEachStartPrints() throws Exception {
    var data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    // Left by somebody else, and open to all.
    var file = Files.writeString(data.resolve("demo.json"), "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    JsonNode first;
    try (var server = ServerProcess.serve(data, "--demo")) {
      server.url();
      first = json.readTree(file.toFile()); // it is there before anything is printed
      server.await(GREETED);
      assertTold(first, server);
      assertThat(first.path("owner_code").asText())
          .isNotEmpty()
          .satisfies(code -> assertThat(server.output()).contains("Owner's code   " + code));
      become(first);
      server.terminate();
      server.exitCode();
    }
    assertThat(file).describedAs("it stays, for its owner alone").exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    try (var server = ServerProcess.serve(data, "--demo")) {
      server.await(GREETED);
      var second = json.readTree(file.toFile());
      assertTold(second, server);
      assertThat(second.has("owner_code")).isTrue();
      assertThat(second.path("owner_code").isNull()).isTrue();
      assertThat(second.at("/keys/dd_full")).isNotEqualTo(first.at("/keys/dd_full"));
      assertThat(me(second.path("url").asText(), first.at("/keys/dd_full").asText()))
          .describedAs("the key of the start before")
          .isEqualTo(401);
    }
  }

  private static void assertTold(JsonNode told, ServerProcess server) throws Exception {
    assertThat(told.path("url").asText()).isEqualTo(server.url());
    assertThat(told.path("keys").size()).isEqualTo(2);
    var full = told.at("/keys/dd_full").asText();
    var read = told.at("/keys/dd_read").asText();
    assertThat(server.output())
        .contains("\nFull key       " + full + "\nRead-only key  " + read + "\n");
    assertThat(me(server.url(), full)).isEqualTo(200);
    assertThat(me(server.url(), read)).isEqualTo(200);
  }

  private static int me(String url, String key) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/dd/v1/me"))
            .header("Authorization", "Bearer " + key)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /// Makes somebody the owner.
  private static void become(JsonNode told) throws Exception {
    var body =
        json.createObjectNode()
            .put("code", told.path("owner_code").asText())
            .put("email", "owner@example.com")
            .put("name", "Olive Owner")
            .put("password", Browser.PASSWORD);
    var request =
        HttpRequest.newBuilder(URI.create(told.path("url").asText() + "/auth/bootstrap"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }
}
