package dev.keyreeve.server.http;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Runs blocking work on virtual threads, a bounded number at once, and takes turns between
/// organisations: one that sends much waits for itself, not others for it.
final class FairQueue implements AutoCloseable {
  private static final ThreadFactory THREADS = Thread.ofVirtual().name("call-", 0).factory();

  private final int maxRunning;
  private final int maxWaitingEach;
  private final LinkedHashMap<String, Queue<Runnable>> waiting = new LinkedHashMap<>();
  private int running;
  private boolean closed;

  /// @param maxRunning how many pieces of work run at once
  /// @param maxWaitingEach how many may wait of one organisation
  FairQueue(int maxRunning, int maxWaitingEach) {
    this.maxRunning = maxRunning;
    this.maxWaitingEach = maxWaitingEach;
  }

  /// Runs the work when its turn comes.
  ///
  /// @param owner whose turn it takes
  /// @return false if too much of this owner's work waits already, or the queue is closed
  boolean offer(String owner, Runnable work) {
    synchronized (this) {
      if (closed) return false;
      if (running == maxRunning) {
        var queue = waiting.computeIfAbsent(owner, _ -> new ArrayDeque<>());
        return queue.size() < maxWaitingEach && queue.add(work);
      }
      running++;
    }
    start(work);
    return true;
  }

  private void start(Runnable work) {
    THREADS
        .newThread(
            () -> {
              try {
                work.run();
              } finally {
                finished();
              }
            })
        .start();
  }

  private void finished() {
    Runnable next;
    synchronized (this) {
      next = takeTurn();
      if (next == null) {
        running--;
        notifyAll();
      }
    }
    if (next != null) start(next);
  }

  /// The next work of the owner who has waited longest since its last turn.
  private @Nullable Runnable takeTurn() {
    var turn = waiting.pollFirstEntry();
    if (turn == null) return null;
    var queue = turn.getValue();
    var work = queue.remove();
    if (!queue.isEmpty()) {
      waiting.put(turn.getKey(), queue);
    }
    return work;
  }

  /// Takes no more work, and waits for what was taken.
  @Override
  public synchronized void close() {
    closed = true;
    try {
      while (running > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
