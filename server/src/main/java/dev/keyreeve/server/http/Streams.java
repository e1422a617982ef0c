package dev.keyreeve.server.http;

import dev.keyreeve.procedure.http.Reply;
import dev.keyreeve.procedure.protocol.Answer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers that stay open, each written by a virtual thread of its own.
final class Streams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);
  private static final ThreadFactory THREADS = Thread.ofVirtual().name("stream-", 0).factory();

  /// Open answers that one organisation may have: each reads the database now and then.
  private static final int MAX_EACH = 100;

  /// Longest wait for a piece that is being written when the server stops.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Begins an open answer.
  ///
  /// @param owner whose answer it is
  /// @return false if this owner has too many open already
  boolean open(String owner, HttpExchange exchange, Reply head, Answer.Body body) {
    if (counts.merge(owner, 1, Integer::sum) > MAX_EACH) {
      leave(owner);
      return false;
    }
    exchange.begin(head);
    var stream = new Stream(owner, exchange, body);
    exchange.response().exceptionHandler(_ -> stream.stop()).closeHandler(_ -> stream.stop());
    streams.add(stream);
    stream.writer.start();
    if (closed) stream.stop();
    return true;
  }

  /// How many are open.
  int count() {
    return streams.size();
  }

  private void leave(String owner) {
    counts.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
  }

  /// One open answer. It is told to stop, never interrupted: its thread may be reading the
  /// database, whose connection would break.
  private final class Stream implements Answer.Sink {
    private final String owner;
    private final HttpExchange exchange;
    private final Answer.Body body;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread writer = THREADS.newThread(this::write);

    Stream(String owner, HttpExchange exchange, Answer.Body body) {
      this.owner = owner;
      this.exchange = exchange;
      this.body = body;
    }

    void stop() {
      stopped.countDown();
    }

    private void write() {
      try {
        body.writeTo(this);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        log.error("a stream failed", failure);
      } finally {
        streams.remove(this);
        leave(owner);
        exchange.onLoop(
            () -> {
              if (!exchange.response().closed()) exchange.response().end();
            });
      }
    }

    @Override
    public boolean send(String piece) throws InterruptedException {
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
    public boolean pause(Duration time) throws InterruptedException {
      return !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// Ends them all, and waits a while for what is being written.
  @Override
  public void close() {
    closed = true;
    streams.forEach(Stream::stop);
    try {
      for (var stream : streams) stream.writer.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
