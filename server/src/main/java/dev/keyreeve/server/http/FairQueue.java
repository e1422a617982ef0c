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
  private final long maxBytes;
  private final LinkedHashMap<String, Queue<Job>> waiting = new LinkedHashMap<>();
  private int running;
  private long bytes;
  private boolean closed;

  private record Job(Runnable work, int bytes) {}

  /// @param maxRunning how many pieces of work run at once
  /// @param maxWaitingEach how many may wait of one owner
  /// @param maxBytes how much memory all of it may hold
  FairQueue(int maxRunning, int maxWaitingEach, long maxBytes) {
    this.maxRunning = maxRunning;
    this.maxWaitingEach = maxWaitingEach;
    this.maxBytes = maxBytes;
  }

  /// Runs the work when its turn comes.
  ///
  /// @param owner whose turn it takes
  /// @param size bytes that it holds until it is done
  /// @return false if too much waits already, of this owner or in all, or the queue is closed
  boolean offer(String owner, int size, Runnable work) {
    var job = new Job(work, size);
    synchronized (this) {
      if (closed || bytes + size > maxBytes) return false;
      if (running == maxRunning) {
        var queue = waiting.computeIfAbsent(owner, _ -> new ArrayDeque<>());
        if (queue.size() == maxWaitingEach) return false;
        queue.add(job);
        bytes += size;
        return true;
      }
      running++;
      bytes += size;
    }
    start(job);
    return true;
  }

  private void start(Job job) {
    THREADS
        .newThread(
            () -> {
              try {
                job.work().run();
              } finally {
                finished(job);
              }
            })
        .start();
  }

  private void finished(Job job) {
    Job next;
    synchronized (this) {
      bytes -= job.bytes();
      next = takeTurn();
      if (next == null) {
        running--;
        notifyAll();
      }
    }
    if (next != null) start(next);
  }

  /// The next work of the owner who has waited longest since its last turn.
  private @Nullable Job takeTurn() {
    var turn = waiting.pollFirstEntry();
    if (turn == null) return null;
    var queue = turn.getValue();
    var job = queue.remove();
    if (!queue.isEmpty()) {
      waiting.put(turn.getKey(), queue);
    }
    return job;
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
