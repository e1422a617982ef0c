package dev.keyreeve.server.http;

import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.protocol.Answer;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers that stay open, each written by a virtual thread of its own.
final class Streams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);
  private static final ThreadFactory THREADS = Thread.ofVirtual().name("stream-", 0).factory();

  /// Open answers that one organisation may have: each reads the database now and then.
  private static final int MAX_EACH = 100;

  private final Set<Thread> writers = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Begins an open answer.
  ///
  /// @param owner whose answer it is
  /// @return false if this owner has too many open already
  boolean open(String owner, HttpExchange exchange, Reply head, Answer.Body body) {
    if (open.merge(owner, 1, Integer::sum) > MAX_EACH) {
      leave(owner);
      return false;
    }
    exchange.begin(head);
    var writer = THREADS.newThread(() -> write(owner, exchange, body));
    exchange
        .response()
        .exceptionHandler(_ -> writer.interrupt())
        .closeHandler(_ -> writer.interrupt());
    writers.add(writer);
    writer.start();
    if (closed) writer.interrupt();
    return true;
  }

  private void leave(String owner) {
    open.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
  }

  private void write(String owner, HttpExchange exchange, Answer.Body body) {
    try {
      body.writeTo(piece -> send(exchange, piece));
    } catch (InterruptedException e) {
      log.debug("a stream ends because its caller is gone or the server stops");
    } catch (RuntimeException failure) {
      log.error("a stream failed", failure);
    } finally {
      writers.remove(Thread.currentThread());
      leave(owner);
      exchange.onLoop(
          () -> {
            if (!exchange.response().closed()) exchange.response().end();
          });
    }
  }

  private static boolean send(HttpExchange exchange, String piece) throws InterruptedException {
    try {
      exchange
          .writeOnLoop(() -> exchange.response().write(Buffer.buffer(piece)))
          .toCompletionStage()
          .toCompletableFuture()
          .get();
      return true;
    } catch (ExecutionException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    writers.forEach(Thread::interrupt);
  }
}
