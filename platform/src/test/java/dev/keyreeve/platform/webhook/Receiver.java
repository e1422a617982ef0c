package dev.keyreeve.platform.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A real server on loopback that keeps what it is sent, and answers as a test wants.
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile HttpHandler answer = answering(204);

  record Received(String path, String id, String timestamp, String signature, String body) {}

  private Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static Receiver start() {
    try {
      return new Receiver(HttpServer.create(address(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Receiver start(SSLContext certificate) {
    try {
      var server = HttpsServer.create(address(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate));
      return new Receiver(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /// What it was sent, in the order in which it came.
  List<Received> received() {
    return List.copyOf(received);
  }

  void answers(int status) {
    answer = answering(status);
  }

  void answers(HttpHandler how) {
    answer = how;
  }

  static HttpHandler answering(int status) {
    return exchange -> answer(exchange, status, "");
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var headers = exchange.getRequestHeaders();
      received.add(
          new Received(
              exchange.getRequestURI().toString(),
              text(headers.getFirst("webhook-id")),
              text(headers.getFirst("webhook-timestamp")),
              text(headers.getFirst("webhook-signature")),
              body));
      answer.handle(exchange);
    }
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
