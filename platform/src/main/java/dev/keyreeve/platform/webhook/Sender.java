package dev.keyreeve.platform.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Posts one request to a URL that somebody else chose, and trusts nothing that comes back.
///
/// The guard judges the URL anew for each request; a connection is opened for it alone, to the
/// addresses of that judgement and no other, past every proxy of the system. Redirects, cookies,
/// passwords, compression and repeats are off. At most 1 KiB of the answer is read, 100 header
/// lines of 8 KiB, and nothing after 20 s.
///
/// Safe for many threads. The name is resolved by the system, whose patience is its own.
public final class Sender implements AutoCloseable {
  private static final Timeout CONNECT = Timeout.ofSeconds(5);
  private static final Timeout SILENCE = Timeout.ofSeconds(15);

  /// Longest time from the connection's begin to the end of what is read.
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /// The longest that a receiver can put us off.
  private static final Duration LONGEST_DELAY = Duration.ofHours(24);

  private static final int EXCERPT_BYTES = 1024;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_LINE = 8192;

  private final AddressGuard guard;
  private final InstantSource clock;
  private final Lookup<TlsSocketStrategy> tls;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("webhook-deadlines").daemon().factory());

  /// Believes the certificates that the system believes.
  public Sender(AddressGuard guard, InstantSource clock) {
    this(guard, SSLContexts.createSystemDefault(), clock);
  }

  /// @param trust which certificates are believed
  public Sender(AddressGuard guard, SSLContext trust, InstantSource clock) {
    this.guard = guard;
    this.clock = clock;
    this.tls =
        RegistryBuilder.<TlsSocketStrategy>create()
            .register("https", new DefaultClientTlsStrategy(trust))
            .build();
  }

  AttemptResult post(String url, Map<String, String> headers, String body) {
    long start = System.nanoTime();
    if (!(guard.judge(url) instanceof AddressGuard.Allowed allowed)) {
      return AttemptResult.without(AttemptOutcome.FORBIDDEN_ADDRESS, since(start));
    }
    var request = new HttpPost(allowed.url());
    headers.forEach(request::setHeader);
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    var deadline = deadlines.schedule(request::cancel, DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    try (var connections = connections(allowed.addresses());
        var client = client(connections)) {
      return exchange(client, request, start);
    } catch (InterruptedIOException e) {
      return AttemptResult.without(AttemptOutcome.TIMED_OUT, since(start));
    } catch (IOException | RuntimeException e) {
      var outcome = request.isCancelled() ? AttemptOutcome.TIMED_OUT : AttemptOutcome.UNREACHABLE;
      return AttemptResult.without(outcome, since(start));
    } finally {
      deadline.cancel(false);
    }
  }

  private AttemptResult exchange(CloseableHttpClient client, HttpPost request, long start)
      throws IOException {
    // Closing the response would read it to its end; cancelling the request drops the connection.
    @SuppressWarnings("MustBeClosed")
    var response = client.executeOpen(null, request, null);
    try {
      var latency = since(start);
      int status = response.getCode();
      if (status >= 200 && status < 300) {
        return new AttemptResult(AttemptOutcome.ACCEPTED, status, latency, null, null);
      }
      var notBefore = notBefore(response);
      return new AttemptResult(
          AttemptOutcome.REFUSED, status, latency, notBefore, excerpt(response.getEntity()));
    } finally {
      request.cancel();
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private HttpClientConnectionManager connections(List<InetAddress> addresses) {
    var operator =
        new DefaultHttpClientConnectionOperator(
            _ -> new Socket(Proxy.NO_PROXY),
            DefaultSchemePortResolver.INSTANCE,
            new Judged(addresses),
            tls);
    var factory =
        ManagedHttpClientConnectionFactory.builder()
            .http1Config(
                Http1Config.custom()
                    .setMaxHeaderCount(MAX_HEADERS)
                    .setMaxLineLength(MAX_LINE)
                    .build())
            .build();
    var connections = new BasicHttpClientConnectionManager(operator, factory);
    connections.setConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(CONNECT).setSocketTimeout(SILENCE).build());
    return connections;
  }

  private static CloseableHttpClient client(HttpClientConnectionManager connections) {
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(SILENCE)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("Keyreeve-Webhooks/1")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .setProxySelector(null)
        .build();
  }

  /// Knows the addresses that were judged, and asks nobody.
  private record Judged(List<InetAddress> addresses) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException("names are not asked for here");
    }
  }

  /// Seconds or a date; what is further away than a day, or cannot be read, says nothing.
  private @Nullable Instant notBefore(ClassicHttpResponse response) {
    var header = response.getFirstHeader("Retry-After");
    if (header == null || header.getValue() == null) return null;

    var now = clock.instant();
    var latest = now.plus(LONGEST_DELAY);
    var wanted = retryAfter(header.getValue().strip(), now);
    return wanted == null || wanted.isBefore(latest) ? wanted : latest;
  }

  private static @Nullable Instant retryAfter(String text, Instant now) {
    try {
      boolean isSeconds =
          !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(Sender::isDigit);
      return isSeconds
          ? now.plusSeconds(Long.parseLong(text))
          : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static String excerpt(@Nullable HttpEntity entity) {
    if (entity == null) return "";
    var bytes = new byte[EXCERPT_BYTES];
    int length = 0;
    try {
      InputStream content = entity.getContent();
      length = content.readNBytes(bytes, 0, bytes.length);
    } catch (IOException | RuntimeException e) {
      // What has arrived is not known; the status is, and that is what counts.
    }
    return printable(new String(bytes, 0, length, UTF_8));
  }

  /// Without what could act on a terminal, a page or the order of letters.
  private static String printable(String text) {
    var shown = new StringBuilder();
    text.codePoints().map(c -> isPrintable(c) ? c : ' ').forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }
}
