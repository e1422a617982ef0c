package dev.keyreeve.server.http;

import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.procedure.http.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Listens on a port, and hands every request to an [Intake] on an event loop.
public final class HttpServer implements AutoCloseable {
  private static final int MAX_TARGET_BYTES = 16 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int WAITING_EACH = 512;

  private final Vertx vertx;
  private final FairQueue work;
  private final Streams streams;
  private final int port;

  private HttpServer(Vertx vertx, FairQueue work, Streams streams, int port) {
    this.vertx = vertx;
    this.work = work;
    this.streams = streams;
    this.port = port;
  }

  /// Where to listen, and how much to do at once.
  ///
  /// @param port 0 for any that is free
  /// @param loops event loops; one fewer than there are cores leaves room for the database
  /// @param concurrency calls that are carried out at once
  public record Options(String host, int port, int loops, int concurrency) {}

  /// @throws IOException if the port cannot be had
  public static HttpServer listen(
      Options options,
      Mounts mounts,
      Credentials credentials,
      AccessCheck access,
      TrustedProxies proxies,
      InstantSource clock)
      throws IOException {
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(options.loops()));
    var work = new FairQueue(options.concurrency(), WAITING_EACH);
    var streams = new Streams();
    var intake = new Intake(mounts, credentials, access, proxies, clock, work, streams);
    int port = options.port();
    try {
      for (int loop = 0; loop < options.loops(); loop++) {
        port = listen(vertx, options.host(), port, intake);
      }
    } catch (CompletionException failure) {
      vertx.close();
      throw new IOException(
          "Cannot listen on " + options.host() + ":" + options.port(), failure.getCause());
    }
    return new HttpServer(vertx, work, streams, port);
  }

  /// One more event loop that shares the port.
  private static int listen(Vertx vertx, String host, int port, Intake intake) {
    var loop = new Loop(host, port, intake);
    vertx.deployVerticle(loop).toCompletionStage().toCompletableFuture().join();
    return loop.port;
  }

  private static final class Loop extends VerticleBase {
    private final String host;
    private final Intake intake;
    private int port;

    Loop(String host, int port, Intake intake) {
      this.host = host;
      this.port = port;
      this.intake = intake;
    }

    @Override
    public Future<?> start() {
      return vertx
          .createHttpServer(options())
          .requestHandler(intake::handle)
          .listen(port, host)
          .onSuccess(server -> port = server.actualPort());
    }
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(MAX_TARGET_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setHttp2ClearTextEnabled(false)
        .setStrictThreadMode(true)
        .setIdleTimeout((int) IDLE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /// The port that it listens on.
  public int port() {
    return port;
  }

  /// Answers what was begun, then stops listening.
  @Override
  public void close() {
    streams.close();
    work.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
