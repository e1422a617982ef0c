package dev.keyreeve.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Serves one text, made anew for each request, on a port and an event loop of its own. Who reaches
/// the port may read it.
public final class TextServer implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int MAX_HEAD_BYTES = 4 * 1024;

  private final Vertx vertx;
  private final int port;

  private TextServer(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /// The one thing that is served.
  ///
  /// @param path nothing else is served
  public record Page(String path, String contentType, Supplier<String> text) {}

  /// @param port 0 for any that is free
  /// @throws IOException if the port cannot be had
  public static TextServer listen(String host, int port, Page page) throws IOException {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var options =
        new HttpServerOptions()
            .setMaxInitialLineLength(MAX_HEAD_BYTES)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout((int) IDLE.toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    try {
      var server =
          finish(
              vertx
                  .createHttpServer(options)
                  .requestHandler(request -> answer(request, page))
                  .listen(port, host));
      return new TextServer(vertx, server.actualPort());
    } catch (CompletionException failure) {
      vertx.close();
      throw HttpServer.cannotListen(host, port, failure.getCause());
    }
  }

  private static void answer(HttpServerRequest request, Page page) {
    var response = request.response();
    boolean reads = request.method().equals(HttpMethod.GET);
    if (!reads || !page.path().equals(request.path())) {
      response.setStatusCode(404).putHeader(HttpHeaders.CONTENT_TYPE, "text/plain");
      response.end("There is nothing here but " + page.path() + "\n");
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, page.contentType());
    response.end(Buffer.buffer(page.text().get().getBytes(UTF_8)));
  }

  private static <T> T finish(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    finish(vertx.close());
  }
}
