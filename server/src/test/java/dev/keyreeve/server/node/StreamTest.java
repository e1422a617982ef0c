package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.KeyState;
import java.io.IOException;
import java.util.ArrayList;
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

    try (var stream = new EventStream(server.port(), key)) {
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

    try (var stream = new EventStream(server.port(), TestServer.secretOf(key))) {
      stream.linesUntil("event: connected");
      server.become(key, KeyState.REVOKED);

      stream.linesUntil("event: serialized-error");
      assertThat(stream.linesUntil("data: ").getLast()).contains("key_revoked");
    }
  }

  @Test
  void opensNoMoreThanAnOrganisationMayHave() throws IOException {
    var key = server.fullKey(server.organisation("Many", 100_000).workspaceId());
    var streams = new ArrayList<EventStream>();
    try {
      for (int i = 0; i < MOST_STREAMS; i++) {
        var stream = new EventStream(server.port(), key);
        streams.add(stream);
        stream.linesUntil("event: connected");
      }

      try (var oneMore = new EventStream(server.port(), key)) {
        assertThat(oneMore.linesUntil("data: ").getLast()).contains("overloaded");
      }
    } finally {
      for (var stream : streams) stream.close();
    }
  }
}
