package dev.keyreeve.server.doctor;

import dev.keyreeve.server.node.CommandLineFile;
import dev.keyreeve.server.tls.PinnedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The server that runs on a data directory, and answers.
record RunningServer(URI url) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// Null if none runs, or what runs does not answer.
  static @Nullable RunningServer find(Path dataDirectory) {
    CommandLineFile file;
    try {
      file = CommandLineFile.find(dataDirectory);
    } catch (IllegalStateException | UncheckedIOException unreadable) {
      return null;
    }
    if (file == null) return null;
    var url = URI.create(file.url());
    return answers(url, file.certificate()) ? new RunningServer(url) : null;
  }

  private static boolean answers(URI url, @Nullable String certificate) {
    var client = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (certificate != null) client.sslContext(PinnedCertificate.context(certificate));
    try (var http = client.build()) {
      var request = HttpRequest.newBuilder(url.resolve("/healthz")).timeout(PATIENCE).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Told by trying.
  static boolean isFree(String host, int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
