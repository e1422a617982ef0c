package dev.keyreeve.server.http;

import dev.keyreeve.access.limit.Spending;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/// The limit that binds a caller, told on every answer to one who is known.
final class LimitHeaders {
  private static final CharSequence LIMIT = HttpHeaders.createOptimized("x-ratelimit-limit");
  private static final CharSequence REMAINING =
      HttpHeaders.createOptimized("x-ratelimit-remaining");
  private static final CharSequence RESET = HttpHeaders.createOptimized("x-ratelimit-reset");

  private LimitHeaders() {}

  static void write(Spending spending, MultiMap headers) {
    switch (spending) {
      case Spending.Allowance(int limit, int remaining, long reset) ->
          write(limit, remaining, reset, headers);
      case Spending.Exhausted(int limit, int remaining, long reset, _) ->
          write(limit, remaining, reset, headers);
      case Spending.Unmetered _, Spending.NeverPossible _ -> {}
    }
  }

  private static void write(int limit, int remaining, long reset, MultiMap headers) {
    headers.set(LIMIT, Integer.toString(limit));
    headers.set(REMAINING, Integer.toString(remaining));
    headers.set(RESET, Long.toString(reset));
  }
}
