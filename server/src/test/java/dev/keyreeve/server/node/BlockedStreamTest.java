package dev.keyreeve.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.access.credential.CommandLineToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.decision.Audience;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.access.directory.KeyDirectory;
import dev.keyreeve.access.directory.Lease;
import dev.keyreeve.access.directory.SessionDirectory;
import dev.keyreeve.access.limit.Meter;
import dev.keyreeve.platform.Until;
import dev.keyreeve.procedure.Caller;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.protocol.Answer;
import dev.keyreeve.procedure.protocol.Protocol;
import dev.keyreeve.server.http.HttpServer;
import dev.keyreeve.server.http.Mounts;
import dev.keyreeve.server.http.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/// An open answer whose client reads nothing, when its access ends.
@Isolated("Measures time.")
@Timeout(60)
final class BlockedStreamTest {
  private static final String REFUSAL = "no more of this";

  private final Flood flood = new Flood();
  private final Streams streams = new Streams();
  private final HttpServer server = listen();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isCutWithoutWaitingForItsClientAndWithoutAWordMore() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Until.isTrue(flood::isBlocked);

      flood.refusal = REFUSAL;
      streams.recheckAll();

      assertThat(flood.ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(read(socket)).doesNotContain(REFUSAL);
    }
  }

  /// Everything up to the end of the connection, in order or not.
  private static String read(Socket socket) throws IOException {
    var text = new StringBuilder();
    var bytes = new byte[1 << 16];
    try (var in = socket.getInputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        text.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
      }
    } catch (SocketException reset) {
      // What was underway is lost with the connection.
    }
    return text.toString();
  }

  private HttpServer listen() {
    var lease = new Lease(Duration.ofSeconds(5), System::nanoTime);
    var directory = new KeyDirectory(Peppers.of(new Pepper(1, new byte[Pepper.MIN_LENGTH])), lease);
    try {
      return HttpServer.listen(
          new HttpServer.Options("127.0.0.1", 0, 1, 1),
          new Mounts(List.of(), flood),
          new Credentials(
              directory, new SessionDirectory(lease), CommandLineToken.random(new SecureRandom())),
          new AccessCheck(new Meter()),
          _ -> {},
          streams,
          new TrustedProxies(List.of()),
          InstantSource.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers everything with more than anybody wants to hear.
  private static final class Flood implements Protocol, Protocol.Exchange {
    private static final String PIECE = "x".repeat(1 << 16);

    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable String refusal;
    private volatile int seen;
    private volatile long seenNanos;

    @Override
    public Plan plan(Head head) {
      return new Plan.Open(new Audience.Everyone(), 1, 0, false, this);
    }

    @Override
    public Reply refuse(Problem problem) {
      return Reply.empty(problem.code().httpStatus());
    }

    @Override
    public Answer answer(Caller caller, byte[] body) {
      return new Answer.Streamed(
          Reply.empty(200),
          sink -> {
            do {
              begun.incrementAndGet();
            } while (sink.send(PIECE));
            ended.countDown();
          },
          () -> refusal);
    }

    /// Whether a piece has been on its way for a while.
    boolean isBlocked() {
      int now = begun.get();
      if (now != seen) {
        seen = now;
        seenNanos = System.nanoTime();
      }
      return now > 1 && System.nanoTime() - seenNanos > Duration.ofSeconds(1).toNanos();
    }
  }
}
