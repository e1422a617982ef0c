package dev.keyreeve.server.http;

import dev.keyreeve.access.limit.Spending;
import dev.keyreeve.procedure.http.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One request on its connection. Everything but [#onLoop] is called on its event loop.
final class HttpExchange {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence NOSNIFF_NAME =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

  private static final CharSequence HSTS_NAME =
      HttpHeaders.createOptimized("strict-transport-security");

  /// A year of https alone (RFC 6797).
  private static final CharSequence HSTS = HttpHeaders.createOptimized("max-age=31536000");

  /// A refused request whose body is no longer than this is read to its end, so that the connection
  /// can be used again; a longer one ends the connection.
  private static final int WORTH_DRAINING = 64 * 1024;

  private static final Duration LINGERING = Duration.ofSeconds(2);

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Context loop = Objects.requireNonNull(Vertx.currentContext());

  HttpExchange(HttpServerRequest request, String requestId) {
    this.request = request;
    this.response = request.response();
    response.headers().set(REQUEST_ID, requestId).set(NOSNIFF_NAME, NOSNIFF);
    if (request.isSSL()) response.headers().set(HSTS_NAME, HSTS);
  }

  /// Tells the caller of the limit that binds it.
  void tell(Spending spending) {
    LimitHeaders.write(spending, response.headers());
  }

  boolean hasBody() {
    var length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : !length.equals("0");
  }

  /// Reads the whole body, or calls `tooLarge` as soon as it is longer than it may be, or
  /// `malformed` where its chunks are none.
  void receive(int maxBytes, Consumer<byte[]> whole, Runnable tooLarge, Runnable malformed) {
    if (declaredLength() > maxBytes) {
      tooLarge.run();
      return;
    }
    if (awaitsContinue()) response.writeContinue();
    var body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (response.ended()) return;
          body.appendBuffer(chunk);
          if (body.length() > maxBytes) tooLarge.run();
        });
    request.exceptionHandler(
        _ -> {
          if (!request.isEnded() && !response.ended()) malformed.run();
        });
    request.endHandler(
        _ -> {
          if (!response.ended()) whole.accept(body.getBytes());
        });
  }

  /// Sends a reply to a request whose body was perhaps not read.
  void refuse(Reply reply) {
    if (hasBody() && !request.isEnded() && !isWorthDraining()) {
      refuseForGood(reply);
    } else {
      send(reply);
    }
  }

  /// Sends the last reply on this connection. Whatever else comes on it is not a request; it is
  /// thrown away for a moment, since closing at once could take the reply from the client.
  void refuseForGood(Reply reply) {
    response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request.connection().shutdown(LINGERING);
    send(reply);
  }

  void send(Reply reply) {
    if (response.ended() || response.closed()) return;

    writeHead(reply);
    response.end(Buffer.buffer(reply.body()));
  }

  /// Begins an answer of unknown length.
  void begin(Reply head) {
    writeHead(head);
    response.setChunked(true);
  }

  HttpServerResponse response() {
    return response;
  }

  /// Ends the connection, and throws away what has not been sent on it. What the library itself
  /// calls closing would first wait for the client to take all that was written.
  void cutOff() {
    var connection = request.connection();
    if (connection instanceof HttpServerConnection server) {
      var _ = server.channelHandlerContext().close();
    } else {
      var _ = connection.close();
    }
  }

  void onLoop(Runnable action) {
    loop.runOnContext(_ -> action.run());
  }

  /// Runs a write on the loop, and tells when it is done.
  <T> Future<T> writeOnLoop(Supplier<Future<T>> write) {
    var done = Promise.<T>promise();
    loop.runOnContext(
        _ -> {
          try {
            write.get().onComplete(done);
          } catch (RuntimeException failure) {
            done.fail(failure);
          }
        });
    return done.future();
  }

  private void writeHead(Reply reply) {
    response.setStatusCode(reply.status());
    var headers = response.headers();
    for (var header : reply.headers()) {
      headers.add(header.name(), header.value());
    }
  }

  /// Who awaits a word before sending the body will perhaps not send it after a refusal.
  private boolean isWorthDraining() {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        && declaredLength() <= WORTH_DRAINING
        && !awaitsContinue();
  }

  private boolean awaitsContinue() {
    return "100-continue".equalsIgnoreCase(request.headers().get(HttpHeaders.EXPECT));
  }

  /// The length that the request names, 0 if it names none.
  private long declaredLength() {
    var length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length == null) return 0;
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
