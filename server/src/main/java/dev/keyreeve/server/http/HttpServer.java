package dev.keyreeve.server.http;

import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.procedure.Witness;
import dev.keyreeve.procedure.http.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Listens on a port, and hands every request to an [Intake] on an event loop.
public final class HttpServer implements AutoCloseable {
  private static final int MAX_TARGET_BYTES = 16 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int WAITING_EACH = 512;
  private static final long WAITING_BYTES = 64L * 1024 * 1024;

  /// How long a client may take for the head of a request, and for its body.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// How long an answer may take to reach its client when the server stops.
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final List<Loop> loops;
  private final FairQueue work;
  private final Streams streams;
  private final int port;

  private HttpServer(Vertx vertx, List<Loop> loops, FairQueue work, Streams streams, int port) {
    this.vertx = vertx;
    this.loops = loops;
    this.work = work;
    this.streams = streams;
    this.port = port;
  }

  /// Where to listen, and how much to do at once.
  ///
  /// @param port 0 for any that is free
  /// @param loops event loops; one fewer than there are cores leaves room for the database
  /// @param concurrency calls that are carried out at once
  /// @param patience how long a client may take for the head of a request, and again for its body,
  ///   in whole seconds
  public record Options(String host, int port, int loops, int concurrency, Duration patience) {
    public Options(String host, int port, int loops, int concurrency) {
      this(host, port, loops, concurrency, PATIENCE);
    }
  }

  /// @throws IOException if the port cannot be had
  public static HttpServer listen(
      Options options,
      Mounts mounts,
      Credentials credentials,
      AccessCheck access,
      Witness witness,
      TrustedProxies proxies,
      InstantSource clock)
      throws IOException {
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(options.loops()));
    var work = new FairQueue(options.concurrency(), WAITING_EACH, WAITING_BYTES);
    var streams = new Streams();
    var intake = new Intake(mounts, credentials, access, witness, proxies, clock, work, streams);
    var loops = new ArrayList<Loop>();
    int port = options.port();
    try {
      for (int i = 0; i < options.loops(); i++) {
        var loop = new Loop(options, port, intake);
        finish(vertx.deployVerticle(loop));
        loops.add(loop);
        port = loop.port();
      }
    } catch (CompletionException failure) {
      vertx.close();
      throw cannotListen(options, failure.getCause());
    }
    return new HttpServer(vertx, loops, work, streams, port);
  }

  private static IOException cannotListen(Options options, @Nullable Throwable cause) {
    var place = options.host() + ":" + options.port();
    return isTaken(options)
        ? new IOException(
            "Another program listens on " + place + ": stop that one, or choose another port.")
        : new IOException("Cannot listen on " + place, cause);
  }

  /// Told by trying, since each transport words the failure in its own way.
  private static boolean isTaken(Options options) {
    var address = new InetSocketAddress(options.host(), options.port());
    try (var socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static <T> T finish(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /// An event loop. All of them share the port.
  private static final class Loop extends VerticleBase {
    private final Options options;
    private final int wantedPort;
    private final Intake intake;
    private io.vertx.core.http.@Nullable HttpServer server;

    Loop(Options options, int wantedPort, Intake intake) {
      this.options = options;
      this.wantedPort = wantedPort;
      this.intake = intake;
    }

    @Override
    public Future<?> start() {
      var slow = new SlowClients(options.patience());
      vertx.setPeriodic(SlowClients.TICK.toMillis(), _ -> slow.tick());
      server =
          vertx
              .createHttpServer(httpOptions())
              .connectionHandler(slow::connected)
              .requestHandler(
                  request -> {
                    slow.begun(request);
                    intake.handle(request);
                  })
              .invalidRequestHandler(intake::refuseMalformed);
      return server.listen(wantedPort, options.host());
    }

    int port() {
      return Objects.requireNonNull(server).actualPort();
    }

    /// Takes no more connections, and ends each one when it is answered.
    Future<Void> leave() {
      return Objects.requireNonNull(server).shutdown(FAREWELL);
    }
  }

  private static HttpServerOptions httpOptions() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(MAX_TARGET_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setHttp2ClearTextEnabled(false)
        // No WebSocket is spoken here, so no request need be looked at for one.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setStrictThreadMode(true)
        .setIdleTimeout((int) IDLE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /// The port that it listens on.
  public int port() {
    return port;
  }

  /// Stops listening, answers what was begun, and ends all connections.
  @Override
  public void close() {
    streams.close();
    var left = Future.join(loops.stream().map(Loop::leave).toList());
    work.close();
    finish(left.eventually(vertx::close));
  }
}
