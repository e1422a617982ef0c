package dev.keyreeve.server.node;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a server has opened. It is closed last first.
final class Opened implements AutoCloseable {
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();

  /// Has something closed before all that was opened earlier.
  <T extends AutoCloseable> T open(T resource) {
    resources.push(resource);
    return resource;
  }

  /// Closes everything, after a failure that is told first.
  void closeAfter(Exception failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        if (first == null) first = new IllegalStateException("the server did not close cleanly", e);
      }
    }
    if (first != null) throw first;
  }
}
