package dev.keyreeve.server.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.platform.Until;
import dev.keyreeve.server.tls.Identity;
import dev.keyreeve.server.tls.PinnedCertificate;
import dev.keyreeve.server.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that speaks TLS, and what it does with those who do not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class TlsTest {
  private Path folder;
  private TestCertificate certificate;
  private TestServer server;
  private int plainPort;
  private String key;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    certificate = TestCertificate.make(folder, "first");
    var files = certificate.writeTo(folder);
    plainPort = TestServer.freePort();
    server =
        TestServer.start(
            Map.of(
                "KEYREEVE_TLS_CERTIFICATE", files.certificate().toString(),
                "KEYREEVE_TLS_PRIVATE_KEY", files.privateKey().toString(),
                "KEYREEVE_TRUSTED_PROXY", "127.0.0.1",
                "KEYREEVE_PLAIN_PORT", Integer.toString(plainPort)));
    key = server.fullKey(server.organisation("Encrypted", 60_000).workspaceId());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void servesAClientThatTrustsTheCertificateForTheNameItPrints() throws Exception {
    assertThat(server.url()).isEqualTo("https://localhost:" + server.port());
    try (var client = HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
      var answer = get(client, "/dd/v1/me");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("strict-transport-security"))
          .hasValue("max-age=31536000");
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void isNotBelievedByAClientThatDoesNotKnowTheCertificate() {
    try (var client = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> get(client, "/healthz")).isInstanceOf(SSLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksTls12And13(String version) throws Exception {
    try (var socket = connect(server.port(), certificate, version)) {
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void saysNothingToPlainHttpOnItsOwnPort() {
    try (var socket = new RawSocket(server.port())) {
      socket.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(socket.isEnded()).isTrue();
    }
  }

  @Test
  void refusesEveryRequestOnThePlainPortInTheFormOfItsProtocol() {
    for (var request :
        new String[] {
          "GET /dd/v1/me HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key + "\r\n\r\n",
          "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "POST /dd/v1/mandates HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
          "GET /dd/v1/me HTTP/1.0\r\n\r\n",
          "GET /dd/v1/me HTTP/1.1\r\n: no header\r\n\r\n"
        }) {
      try (var socket = new RawSocket(plainPort)) {
        var answers = socket.send(request).answersToTheEnd();

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().status()).isEqualTo(403);
        assertThat(answers.getFirst().json().at("/error/reason").asText())
            .isEqualTo("https_required");
        assertThat(answers.getFirst().header("location")).isEmpty();
        assertThat(answers.getFirst().header("strict-transport-security")).isEmpty();
      }
    }
    try (var socket = new RawSocket(plainPort)) {
      var answer =
          socket.send("GET /trpc/mandates.list HTTP/1.1\r\nHost: localhost\r\n\r\n").answer();

      assertThat(answer.json().at("/error/data/reason").asText()).isEqualTo("https_required");
    }
  }

  @Test
  void refusesWhatATrustedProxyReceivedOverPlainHttp() throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
      var plain = get(client, "/dd/v1/me", "X-Forwarded-Proto", "http");
      var encrypted = get(client, "/dd/v1/me", "X-Forwarded-Proto", "https");

      assertThat(plain.statusCode()).isEqualTo(403);
      assertThat(plain.body()).contains("https_required");
      assertThat(encrypted.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void showsARenewedCertificateToNewConnectionsWhileAnOldOneStaysUp() throws Exception {
    var files = certificate.writeTo(Files.createDirectory(folder.resolve("renewed")));
    var renewed = TestCertificate.make(folder, "second");
    try (var renewing =
            TestServer.start(
                Map.of(
                    "KEYREEVE_TLS_CERTIFICATE", files.certificate().toString(),
                    "KEYREEVE_TLS_PRIVATE_KEY", files.privateKey().toString()));
        var old = connect(renewing.port(), certificate, "TLSv1.3")) {
      assertThat(statusOf(old)).isEqualTo("HTTP/1.1 200 OK");

      renewed.writeTo(folder.resolve("renewed"));
      Until.isTrue(() -> shows(renewing.port(), renewed));

      assertThat(shows(renewing.port(), certificate)).isFalse();
      assertThat(statusOf(old)).isEqualTo("HTTP/1.1 200 OK");
      Until.isTrue(() -> isFoundBy(renewing.dataDirectory(), renewed));
      assertThat(isFoundBy(renewing.dataDirectory(), certificate)).isFalse();
    }
  }

  @Test
  void isFoundByTheCommandLineWhateverNamesTheCertificateHas() throws Exception {
    try (var command =
        ServerProcess.run(
            folder.resolve("none"),
            Map.of(),
            "orgs",
            "list",
            "--data-dir",
            server.dataDirectory().toString())) {
      assertThat(command.exitCode()).describedAs(command.output()).isZero();
      assertThat(command.output()).contains("Encrypted");
    }
  }

  private static boolean isFoundBy(Path dataDirectory, TestCertificate certificate) {
    var file = CommandLineFile.find(dataDirectory);
    return file != null
        && Identity.fingerprint(certificate.certificate()).equals(file.certificate());
  }

  private static boolean shows(int port, TestCertificate certificate) {
    try (var socket = connect(port, certificate, "TLSv1.3")) {
      return socket.isConnected();
    } catch (SSLException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws SSLException if the server shows another certificate
  private static SSLSocket connect(int port, TestCertificate certificate, String version)
      throws IOException {
    var pinned = PinnedCertificate.context(Identity.fingerprint(certificate.certificate()));
    var socket = (SSLSocket) pinned.getSocketFactory().createSocket("localhost", port);
    try {
      socket.setEnabledProtocols(new String[] {version});
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static String statusOf(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
    // Unbuffered, so that the next answer stays where it is.
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n{\"status\":\"ok\"}") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) throw new AssertionError("ended after: " + text);
      text.append((char) next);
    }
    return text.substring(0, text.indexOf("\r\n"));
  }

  private HttpResponse<String> get(HttpClient client, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(server.url() + path)).header("X-API-Key", key);
    if (headers.length > 0) request.headers(headers);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private static SSLContext trusting(TestCertificate certificate) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", certificate.certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
