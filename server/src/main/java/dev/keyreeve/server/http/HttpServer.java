package dev.keyreeve.server.http;

import dev.keyreeve.access.decision.AccessCheck;
import dev.keyreeve.access.directory.Credentials;
import dev.keyreeve.procedure.CallObserver;
import dev.keyreeve.procedure.http.TrustedProxies;
import dev.keyreeve.server.tls.Identity;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Listens on a port, and hands every request to an [Intake] on an event loop.
public final class HttpServer implements AutoCloseable {
  private static final Set<String> TLS = Set.of("TLSv1.2", "TLSv1.3");
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
  /// @param identity with which TLS is spoken; null for plain http
  /// @param plainPort beside TLS, where plain http is spoken to refuse every request
  public record Options(
      String host,
      int port,
      int loops,
      int concurrency,
      Duration patience,
      @Nullable Identity identity,
      OptionalInt plainPort) {
    public Options(String host, int port, int loops, int concurrency) {
      this(host, port, loops, concurrency, PATIENCE);
    }

    public Options(String host, int port, int loops, int concurrency, Duration patience) {
      this(host, port, loops, concurrency, patience, null, OptionalInt.empty());
    }

    /// The same over TLS.
    public Options encrypted(Identity identity, OptionalInt plainPort) {
      return new Options(host, port, loops, concurrency, patience, identity, plainPort);
    }
  }

  /// @param streams where open answers are kept; closed together with the server
  /// @throws IOException if the port cannot be had
  public static HttpServer listen(
      Options options,
      Mounts mounts,
      Credentials credentials,
      AccessCheck access,
      CallObserver observer,
      Streams streams,
      TrustedProxies proxies,
      InstantSource clock)
      throws IOException {
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(options.loops()));
    var work = new FairQueue(options.concurrency(), WAITING_EACH, WAITING_BYTES);
    var intake = new Intake(mounts, credentials, access, observer, proxies, clock, work, streams);
    var loops = new ArrayList<Loop>();
    int port = options.port();
    int wanted = port;
    try {
      for (int i = 0; i < options.loops(); i++) {
        var loop = new Loop(options, port, intake, httpOptions(options.identity()));
        finish(vertx.deployVerticle(loop));
        loops.add(loop);
        port = loop.port();
      }
      if (options.plainPort().isPresent()) {
        wanted = options.plainPort().getAsInt();
        var loop = new Loop(options, wanted, new PlainRefusals(mounts), httpOptions(null));
        finish(vertx.deployVerticle(loop));
        loops.add(loop);
      }
    } catch (CompletionException failure) {
      vertx.close();
      throw cannotListen(options.host(), wanted, failure.getCause());
    }
    return new HttpServer(vertx, loops, work, streams, port);
  }

  /// Why a port cannot be had, in a sentence for who starts the server.
  static IOException cannotListen(String host, int port, @Nullable Throwable cause) {
    var place = host + ":" + port;
    return isTaken(host, port)
        ? new IOException(
            "Another program listens on " + place + ": stop that one, or choose another port.")
        : new IOException("Cannot listen on " + place, cause);
  }

  /// Told by trying, since each transport words the failure in its own way.
  private static boolean isTaken(String host, int port) {
    var address = new InetSocketAddress(host, port);
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

  /// An event loop that listens on a port. Several can share one.
  private static final class Loop extends VerticleBase {
    private final Options options;
    private final int wantedPort;
    private final Requests requests;
    private final HttpServerOptions httpOptions;
    private io.vertx.core.http.@Nullable HttpServer server;

    Loop(Options options, int wantedPort, Requests requests, HttpServerOptions httpOptions) {
      this.options = options;
      this.wantedPort = wantedPort;
      this.requests = requests;
      this.httpOptions = httpOptions;
    }

    @Override
    public Future<?> start() {
      var slow = new SlowClients(options.patience());
      vertx.setPeriodic(SlowClients.TICK.toMillis(), _ -> slow.tick());
      server =
          vertx
              .createHttpServer(httpOptions)
              .connectionHandler(slow::connected)
              .requestHandler(
                  request -> {
                    slow.begun(request);
                    requests.handle(request);
                  })
              .invalidRequestHandler(requests::refuseMalformed);
      return server.listen(wantedPort, options.host());
    }

    int port() {
      return Objects.requireNonNull(server).actualPort();
    }

    Future<Boolean> becomes(ServerSSLOptions identity) {
      return httpOptions.isSsl()
          ? Objects.requireNonNull(server).updateSSLOptions(identity, true)
          : Future.succeededFuture(true);
    }

    /// Takes no more connections, and ends each one when it is answered.
    Future<Void> leave() {
      return Objects.requireNonNull(server).shutdown(FAREWELL);
    }
  }

  /// TLS is 1.2 or newer, and negotiates no HTTP/2: what bounds a slow or ambiguous request here is
  /// built on one request at a time for each connection.
  private static HttpServerOptions httpOptions(@Nullable Identity identity) {
    var options = httpOptions();
    if (identity == null) return options;
    return options
        .setSsl(true)
        .setUseAlpn(false)
        .setEnabledSecureTransportProtocols(TLS)
        .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()));
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

  /// How many answers are open, such as streams of events.
  public int openStreams() {
    return streams.count();
  }

  /// Speaks TLS as somebody else from the next connection on; the open ones stay as they are.
  public void become(Identity identity) {
    var options =
        new ServerSSLOptions()
            .setUseAlpn(false)
            .setEnabledSecureTransportProtocols(TLS)
            .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()));
    for (var loop : loops) finish(loop.becomes(options));
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
