package dev.keyreeve.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.server.config.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A self-signed certificate for `localhost`, made by the JDK's own `keytool`.
public record TestCertificate(X509Certificate certificate, Key key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public static TestCertificate make(Path folder, String name, String... more) {
    try {
      var store = Files.createTempDirectory(folder, "keytool").resolve("store.p12");
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "a",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD)));
      command.addAll(
          List.of(more).contains("-keyalg")
              ? List.of()
              : List.of("-keyalg", "EC", "-groupname", "secp256r1"));
      command.addAll(List.of(more));
      var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      if (keytool.waitFor() != 0) throw new AssertionError(output);
      try (var in = Files.newInputStream(store)) {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(in, PASSWORD);
        return new TestCertificate(
            (X509Certificate) keys.getCertificate("a"), keys.getKey("a", PASSWORD));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Writes both files; the key's first, as no renewal should.
  public TlsSettings writeTo(Path folder) throws IOException {
    var files = new TlsSettings(folder.resolve("server.pem"), folder.resolve("server.key"));
    Files.writeString(files.privateKey(), keyPem());
    Files.writeString(files.certificate(), certificatePem());
    return files;
  }

  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
  }
}
