package dev.keyreeve.directdebit.rail.gocardless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP with the API, and tries again where that helps and harms nobody. It follows no
/// redirect, so that the token goes nowhere else.
final class Transport implements AutoCloseable {

  /// Longest answer that is read, in bytes.
  static final int MAX_BODY = 4 << 20;

  private static final String VERSION = "2015-07-06";
  private static final int TOO_MANY_REQUESTS = 429;

  private final ApiAddress api;
  private final AccessToken token;
  private final Duration timeout;
  private final Retries retries;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pause pause;
  private final HttpClient http;

  Transport(
      ApiAddress api,
      AccessToken token,
      Duration timeout,
      Retries retries,
      InstantSource clock,
      RandomGenerator random,
      Pause pause) {
    this.api = api;
    this.token = token;
    this.timeout = timeout;
    this.retries = retries;
    this.clock = clock;
    this.random = random;
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /// What came back.
  sealed interface Reply {}

  /// @param body empty if it was longer than [#MAX_BODY]
  record Answered(int status, HttpHeaders headers, Optional<byte[]> body) implements Reply {}

  /// Nothing came back, whatever became of the request.
  record Lost(String why) implements Reply {}

  Reply get(String path) {
    return send(request(path).GET().build());
  }

  /// May be sent again when nobody knows what became of it.
  ///
  /// @param key the same in every try; null for what creates nothing that must not be there twice
  Reply post(String path, ObjectNode body, @Nullable IdempotencyKey key) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(bytes(body)));
    if (key != null) request.header("Idempotency-Key", key.text());
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.at(path))
        .header("Authorization", "Bearer " + token.reveal())
        .header("GoCardless-Version", VERSION)
        .header("Accept", "application/json");
  }

  private Reply send(HttpRequest request) {
    for (int tried = 1; ; tried++) {
      var reply = once(request);
      if (tried == retries.tries() || !deservesAnotherTry(reply)) return reply;

      var wait = longer(retries.after(tried, random), told(reply));
      if (wait.compareTo(retries.longest()) > 0) return reply;
      try {
        pause.last(wait);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new Lost("interrupted");
      }
    }
  }

  private static boolean deservesAnotherTry(Reply reply) {
    return switch (reply) {
      case Answered(int status, _, _) when status == TOO_MANY_REQUESTS -> true;
      case Answered(int status, _, _) -> status >= 500;
      case Lost _ -> !Thread.currentThread().isInterrupted();
    };
  }

  /// The timeout is for the whole answer: one that never ends is given up too.
  private Reply once(HttpRequest request) {
    var exchange = http.sendAsync(request, Bounded.to(MAX_BODY));
    try {
      var response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answered(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException _) {
      exchange.cancel(true);
      return new Lost("no answer in time");
    } catch (InterruptedException _) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Lost("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException lost) {
        return new Lost(lost.getClass().getSimpleName());
      }
      throw new IllegalStateException("the HTTP client failed", e.getCause());
    }
  }

  private Duration told(Reply reply) {
    return reply instanceof Answered(int status, var headers, _)
        ? told(status, headers)
        : Duration.ZERO;
  }

  /// How long the answer asks to wait: `Retry-After` (RFC 9110, section 10.2.3), or, over the
  /// limit, until the end of its window in `RateLimit-Reset`, which GoCardless writes as a date.
  /// Zero if it does not say.
  Duration told(int status, HttpHeaders headers) {
    var now = clock.instant();
    var retryAfter = headers.firstValue("Retry-After").flatMap(text -> wait(text, now));
    if (retryAfter.isPresent() || status != TOO_MANY_REQUESTS) {
      return retryAfter.orElse(Duration.ZERO);
    }
    return headers
        .firstValue("RateLimit-Reset")
        .flatMap(text -> wait(text, now))
        .orElse(Duration.ZERO);
  }

  private static Optional<Duration> wait(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    try {
      var until =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
      var wait = Duration.between(now, until.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static byte[] bytes(ObjectNode body) {
    try {
      return Fields.JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
