package dev.keyreeve.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server on this machine that encrypts, and that refuses what it is told to.
public final class StrictServer implements AutoCloseable {
  private final SMTPServer server;
  private final SSLContext identity;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile @Nullable RejectException recipients;
  private volatile @Nullable RejectException texts;
  private volatile @Nullable RejectException senders;

  private StrictServer(SSLContext identity, UnaryOperator<SMTPServer.Builder> more) {
    this.identity = identity;
    this.server =
        more.apply(
                new SMTPServer.Builder()
                    .bindAddress(java.net.InetAddress.getLoopbackAddress())
                    .port(0)
                    .messageHandlerFactory(_ -> new Handler()))
            .build();
    server.start();
  }

  public static StrictServer plain() {
    return new StrictServer(Identity.ONE, builder -> builder);
  }

  public static StrictServer withStarttls() {
    return new StrictServer(
        Identity.ONE,
        builder -> builder.enableTLS().requireTLS().startTlsSocketFactory(Identity.ONE));
  }

  public static StrictServer withTls() {
    return new StrictServer(Identity.ONE, builder -> builder.serverSocketFactory(Identity.ONE));
  }

  public SmtpServer place(SmtpServer.Tls tls) {
    return new SmtpServer("localhost", server.getPortAllocated(), tls, null, null);
  }

  /// Speaks to this server, and believes its certificate.
  public Mailer mailer(SmtpServer.Tls tls) {
    return new SmtpMailer(place(tls), MailerContract.FROM, identity);
  }

  public List<String> received() {
    return List.copyOf(received);
  }

  public void refuses(int code, String answer) {
    recipients = new RejectException(code, answer);
  }

  public void refusesText(int code, String answer) {
    texts = new RejectException(code, answer);
  }

  public void refusesSender(int code, String answer) {
    senders = new RejectException(code, answer);
  }

  /// Takes everything again.
  public void relents() {
    recipients = null;
    texts = null;
    senders = null;
  }

  private static void check(@Nullable RejectException refusal) throws RejectException {
    if (refusal != null) throw refusal;
  }

  private final class Handler implements MessageHandler {
    @Override
    public void from(String from) throws RejectException {
      check(senders);
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      check(recipients);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException, IOException {
      var text = new String(data.readAllBytes(), UTF_8);
      check(texts);
      received.add(text);
      return null;
    }

    @Override
    public void done() {}
  }

  /// One for all tests of a JVM, since it takes a process to make.
  private static final class Identity {
    static final SSLContext ONE = identity();
  }

  /// A key with a certificate for `localhost`, and the trust in that certificate alone.
  private static SSLContext identity() {
    var password = "changeit".toCharArray();
    try {
      var store = Files.createTempDirectory("keyreeve-smtp").resolve("store.p12");
      var keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "a",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(password))
              .inheritIO()
              .start();
      if (keytool.waitFor() != 0) throw new AssertionError("no certificate");
      var keys = KeyStore.getInstance(store.toFile(), password);
      Files.delete(store);
      Files.delete(store.getParent());
      var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, password);
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("a", keys.getCertificate("a"));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
