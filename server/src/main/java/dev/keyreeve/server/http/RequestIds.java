package dev.keyreeve.server.http;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Names for requests, unique across restarts: `req_`, the start's random part, and a number.
final class RequestIds {
  private final String prefix = "req_" + Long.toString(new SecureRandom().nextLong() >>> 28, 36);
  private final AtomicLong next = new AtomicLong();

  String next() {
    return prefix + Long.toString(next.incrementAndGet(), 36);
  }
}
