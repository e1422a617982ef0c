package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Protocol;
import dev.keyreeve.server.http.HttpServer;
import dev.keyreeve.server.http.Mounts;
import dev.keyreeve.server.http.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that never come to the end of a request, before a server whose patience is short.
@Isolated("Measures time.")
@Timeout(30)
final class SlowClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final HttpServer server = listen();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: a\r\n"})
  void endsAConnectionThatBringsNoWholeHead(String beginning) {
    try (var socket = new RawSocket(server.port())) {
      socket.send(beginning);

      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void endsAConnectionThatBringsItsHeadByteByByte() {
    try (var socket = new RawSocket(server.port())) {
      assertThat(endsWhileItIsSent(socket, "GET / HTTP/1.1\r\nX: " + "x".repeat(10_000))).isTrue();
    }
  }

  @Test
  void endsAConnectionThatBringsABodyByteByByte() {
    try (var socket = new RawSocket(server.port())) {
      socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");

      assertThat(socket.answer().status()).isEqualTo(204);
      assertThat(endsWhileItIsSent(socket, "x".repeat(10_000))).isTrue();
    }
  }

  @Test
  void endsAConnectionThatIdlesAfterItsAnswers() {
    try (var socket = new RawSocket(server.port())) {
      for (int i = 0; i < 10; i++) {
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(socket.answer().status()).isEqualTo(204);
      }

      assertThat(socket.isEnded()).isTrue();
    }
  }

  /// Sends a byte now and again until the server ends the connection.
  private static boolean endsWhileItIsSent(RawSocket socket, String text) {
    try {
      for (int i = 0; i < text.length(); i++) {
        socket.send(text.substring(i, i + 1));
        if (socket.isEndedWithin(Duration.ofMillis(20))) return true;
      }
      return false;
    } catch (UncheckedIOException cutOff) {
      return true;
    }
  }

  private static HttpServer listen() {
    var lease = new Lease(Duration.ofSeconds(5), System::nanoTime);
    var directory = new KeyDirectory(Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH])), lease);
    try {
      return HttpServer.listen(
          new HttpServer.Options("127.0.0.1", 0, 1, 1, PATIENCE),
          new Mounts(List.of(), new Silence()),
          new Credentials(
              directory, new SessionDirectory(lease), CommandLineToken.random(new SecureRandom())),
          new AccessCheck(new Meter()),
          _ -> {},
          new Streams(),
          new TrustedProxies(List.of()),
          InstantSource.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers everything with nothing.
  private record Silence() implements Protocol {
    @Override
    public Plan plan(Head head) {
      return new Plan.Settled(Reply.empty(204));
    }

    @Override
    public Reply refuse(Problem problem) {
      return Reply.empty(problem.code().httpStatus());
    }
  }
}
