package dev.keyreeve.platform.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyreeve.platform.TestPlatform;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenderTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  private final Receiver receiver = Receiver.start();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static AttemptResult post(String url) throws GeneralSecurityException {
    return post(url, SSLContext.getDefault());
  }

  private static AttemptResult post(String url, SSLContext trust) {
    var guard =
        new AddressGuard(
            AddressGuard.Reach.PUBLIC_AND_LOOPBACK,
            _ -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    try (var sender = new Sender(guard, trust, InstantSource.fixed(TestPlatform.START))) {
      return sender.post(url, Map.of("webhook-id", "evt_1"), "{}");
    }
  }

  @Test
  void speaksTlsToTheNameOfTheUrlAndBelievesNoOtherCertificate() throws Exception {
    var store = certificateFor("hooks.example");
    try (var secured = Receiver.start(context(store))) {
      var authority = ".example:" + secured.port() + "/";

      assertThat(post("https://hooks" + authority, context(store)).outcome())
          .isEqualTo(AttemptOutcome.ACCEPTED);
      assertThat(post("https://other" + authority, context(store)).outcome())
          .isEqualTo(AttemptOutcome.UNREACHABLE);
      assertThat(post("https://hooks" + authority).outcome()).isEqualTo(AttemptOutcome.UNREACHABLE);
      assertThat(secured.received()).hasSize(1);
    }
  }

  private KeyStore certificateFor(String host) throws Exception {
    var file = directory.resolve("store.p12");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:" + host,
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = new FileInputStream(file.toFile())) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /// Serves with this certificate, and believes it.
  private static SSLContext context(KeyStore store) throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void followsNoRedirect() throws GeneralSecurityException {
    receiver.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          Receiver.answer(exchange, 307, "");
        });

    var answer = post(receiver.url());

    assertThat(answer.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(answer.status()).isEqualTo(307);
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void readsTheBeginningOfAnEndlessAnswer() throws GeneralSecurityException {
    receiver.answers(
        exchange -> {
          exchange.sendResponseHeaders(500, 0);
          try (var out = exchange.getResponseBody()) {
            while (true) {
              out.write("nothing but words ".getBytes(UTF_8));
            }
          }
        });

    var answer = post(receiver.url());

    assertThat(answer.outcome()).isEqualTo(AttemptOutcome.REFUSED);
    assertThat(answer.excerpt()).startsWith("nothing but").hasSizeBetween(1000, 1024);
  }

  @Test
  void takesAnEndlessAnswerOfSuccessForWhatItIs() throws GeneralSecurityException {
    receiver.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            while (true) {
              out.write(new byte[1024]);
            }
          }
        });

    assertThat(post(receiver.url()).outcome()).isEqualTo(AttemptOutcome.ACCEPTED);
  }

  @Test
  void readsNoMoreHeadersThanAnybodyNeeds() throws GeneralSecurityException {
    receiver.answers(
        exchange -> {
          for (int i = 0; i < 200; i++) {
            exchange.getResponseHeaders().set("X-" + i, "x");
          }
          Receiver.answer(exchange, 200, "");
        });

    assertThat(post(receiver.url()).outcome()).isEqualTo(AttemptOutcome.UNREACHABLE);
  }

  @Test
  void tellsThatNobodyListens() throws IOException, GeneralSecurityException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(post("http://127.0.0.1:" + port + "/").outcome())
        .isEqualTo(AttemptOutcome.UNREACHABLE);
  }

  @Test
  void sendsNothingToAForbiddenAddress() throws GeneralSecurityException {
    assertThat(post("https://169.254.169.254/latest/meta-data/").outcome())
        .isEqualTo(AttemptOutcome.FORBIDDEN_ADDRESS);
  }
}
