package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Streams of events as their callers meet them, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamTest {
  private static final int MOST_STREAMS = 100;

  private final TestServer server = TestServer.start();

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void tellsOfWhatHappensAfterItIsOpened() throws IOException {
    var key = server.fullKey(server.organisation("Listener", 100_000).workspaceId());

    try (var stream = new Stream(key)) {
      stream.linesUntil("event: connected");
      server.post(
          "/dd/v1/mandates",
          key,
          """
          {"payer": {"name": "Sam"}, "reference": "STREAM-1",
           "bankDetails": {"sortCode": "00-00-01", "accountNumber": "12345678",
                           "accountHolderName": "Sam"},
           "evidence": {"channel": "paper", "agreedAt": "2026-11-01T09:00:00Z"}}
          """);

      var lines = stream.linesUntil("id: ");
      assertThat(lines).anyMatch(line -> line.contains("mandate.created"));
    }
  }

  @Test
  void endsWhenItsKeyIsRevoked() throws IOException {
    var workspace = server.organisation("Revoked", 100_000).workspaceId();
    var key = server.key(workspace, 600, new Scope("mandates:read"));

    try (var stream = new Stream(TestServer.secretOf(key))) {
      stream.linesUntil("event: connected");
      server.become(key, Key.State.REVOKED);

      stream.linesUntil("event: serialized-error");
      assertThat(stream.linesUntil("data: ").getLast()).contains("key_revoked");
    }
  }

  @Test
  void opensNoMoreThanAnOrganisationMayHave() throws IOException {
    var key = server.fullKey(server.organisation("Many", 100_000).workspaceId());
    var streams = new ArrayList<Stream>();
    try {
      for (int i = 0; i < MOST_STREAMS; i++) {
        var stream = new Stream(key);
        streams.add(stream);
        stream.linesUntil("event: connected");
      }

      try (var oneMore = new Stream(key)) {
        assertThat(oneMore.linesUntil("data: ").getLast()).contains("overloaded");
      }
    } finally {
      for (var stream : streams) stream.close();
    }
  }

  /// A subscription on a connection of its own.
  private final class Stream implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    private final BufferedReader reader;

    Stream(String key) throws IOException {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              """
              GET /trpc/mandates.stream HTTP/1.1\r
              Host: localhost\r
              Accept: text/event-stream\r
              Authorization: Bearer %s\r
              \r
              """
                  .formatted(key)
                  .getBytes(StandardCharsets.US_ASCII));
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// All lines up to the first that begins like this.
    List<String> linesUntil(String beginning) throws IOException {
      var lines = new ArrayList<String>();
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.startsWith(beginning)) return lines;
      }
      throw new AssertionError("no line begins with '" + beginning + "' in " + lines);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
