package dev.keyreeve.server.http;

import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.access.subject.Subject;
import dev.keyreeve.identity.access.Subscribers;
import dev.keyreeve.procedure.protocol.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers that stay open, each written by a virtual thread of its own, and found again by whose
/// access they follow from.
public final class Streams implements Subscribers, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);
  private static final ThreadFactory THREADS = Thread.ofVirtual().name("stream-", 0).factory();

  /// Open answers that one organisation may have: each reads the database now and then.
  private static final int MAX_EACH = 100;

  /// Longest wait for a piece that is being written when the server stops.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Longest wait for an event loop, which waits for nothing itself.
  private static final Duration LOOP_PATIENCE = Duration.ofSeconds(2);

  private final ConcurrentHashMap<Basis, Set<Stream>> streams = new ConcurrentHashMap<>();
  private final Set<Stream> all = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Begins an open answer.
  ///
  /// @param owner whose answer it is
  /// @return false if this owner has too many open already
  boolean open(String owner, Subject subject, HttpExchange exchange, Answer.Streamed answer) {
    if (counts.merge(owner, 1, Integer::sum) > MAX_EACH) {
      leave(owner);
      return false;
    }
    exchange.begin(answer.head());
    var stream = new Stream(owner, subject.bases(), exchange, answer);
    exchange.response().exceptionHandler(_ -> stream.stop()).closeHandler(_ -> stream.stop());
    // Found from here on; what changed before is noticed by its first look at the permission.
    add(stream);
    stream.writer.start();
    if (closed) stream.stop();
    return true;
  }

  /// How many are open.
  int count() {
    return all.size();
  }

  private void leave(String owner) {
    counts.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
  }

  private void add(Stream stream) {
    all.add(stream);
    for (var basis : stream.bases) {
      streams.compute(
          basis,
          (_, set) -> {
            var grown = set == null ? ConcurrentHashMap.<Stream>newKeySet() : set;
            grown.add(stream);
            return grown;
          });
    }
  }

  private void remove(Stream stream) {
    all.remove(stream);
    for (var basis : stream.bases) {
      streams.computeIfPresent(
          basis,
          (_, set) -> {
            set.remove(stream);
            return set.isEmpty() ? null : set;
          });
    }
  }

  @Override
  public void recheck(Basis changed) {
    recheck(streams.getOrDefault(changed, Set.of()));
  }

  @Override
  public void recheckAll() {
    recheck(all);
  }

  private static void recheck(Collection<Stream> chosen) {
    var cuts = new ArrayList<CompletableFuture<?>>();
    for (var stream : chosen) {
      if (stream.answer.watch().refusal() != null) cuts.add(stream.recheck());
    }
    try {
      CompletableFuture.allOf(cuts.toArray(CompletableFuture[]::new))
          .get(LOOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("open answers were not cut", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("open answers could not be cut", e);
    }
  }

  /// One open answer. Its writer is told to stop, never interrupted: it may be reading the
  /// database, whose connection would break.
  private final class Stream implements Answer.Sink {
    private final String owner;
    private final List<Basis> bases;
    private final HttpExchange exchange;
    private final Answer.Streamed answer;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread writer = THREADS.newThread(this::write);

    // Both belong to the event loop.
    private boolean isOver;
    private int unsentPieces;

    Stream(String owner, List<Basis> bases, HttpExchange exchange, Answer.Streamed answer) {
      this.owner = owner;
      this.bases = bases;
      this.exchange = exchange;
      this.answer = answer;
    }

    void stop() {
      stopped.countDown();
    }

    private void write() {
      try {
        answer.body().writeTo(this);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        log.error("a stream failed", failure);
      } finally {
        remove(this);
        leave(owner);
        exchange.onLoop(
            () -> {
              var response = exchange.response();
              if (!isOver && !response.closed()) response.end();
            });
      }
    }

    @Override
    public boolean send(String piece) throws InterruptedException {
      try {
        exchange
            .writeOnLoop(() -> writePermitted(piece))
            .toCompletionStage()
            .toCompletableFuture()
            .get();
        return true;
      } catch (ExecutionException gone) {
        return false;
      }
    }

    /// Writes a piece unless the answer may not go on. Looked at here, where nothing can come
    /// between the look and the writing but a pause of the whole process.
    private Future<Void> writePermitted(String piece) {
      if (!isOver) cutUnlessPermitted();
      if (isOver) return Future.failedFuture("the answer is over");

      unsentPieces++;
      return exchange.response().write(Buffer.buffer(piece)).onComplete(_ -> unsentPieces--);
    }

    /// Looks once more at the permission, on the event loop.
    CompletableFuture<?> recheck() {
      return exchange
          .writeOnLoop(
              () -> {
                if (!isOver) cutUnlessPermitted();
                return Future.succeededFuture();
              })
          .toCompletionStage()
          .toCompletableFuture();
    }

    private void cutUnlessPermitted() {
      var refusal = answer.watch().refusal();
      if (refusal == null) return;

      isOver = true;
      stop();
      var response = exchange.response();
      if (response.closed() || response.ended()) return;
      // A client that has not taken what was written would get it after the change is answered.
      if (unsentPieces > 0) {
        exchange.cutOff();
      } else {
        response.end(Buffer.buffer(refusal)).onComplete(_ -> exchange.cutOff());
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
    all.forEach(Stream::stop);
    try {
      for (var stream : all) stream.writer.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
