package dev.keyreeve.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyreeve.server.config.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateFilesTest {
  @TempDir private Path folder;
  private TestCertificate certificate;
  private TlsSettings files;

  @BeforeEach
  void write() throws IOException {
    certificate = TestCertificate.make(folder, "first");
    files = certificate.writeTo(folder);
  }

  @Test
  void tellsWhatTheCertificateIsFor() {
    var identity = CertificateFiles.open(files).identity();

    assertThat(identity.certificate()).isEqualTo(certificate.certificate());
    assertThat(identity.hosts()).containsExactlyInAnyOrder("localhost", "127.0.0.1");
    assertThat(identity.expiresAt()).isEqualTo(certificate.certificate().getNotAfter().toInstant());
    assertThat(identity.toString()).contains("CN=first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void takesEachUsualKindOfKey(String algorithm) throws IOException {
    var other = TestCertificate.make(folder, algorithm, "-keyalg", algorithm);

    assertThat(CertificateFiles.load(other.writeTo(folder))).isInstanceOf(Loaded.Usable.class);
  }

  @Test
  void saysWhichFileIsWrongAndHow() throws IOException {
    var other = TestCertificate.make(folder, "other");

    assertThat(unusable(files.certificate(), "nothing"))
        .contains(files.certificate().toString(), "has no certificate");
    assertThat(unusable(files.certificate(), certificate.keyPem())).contains("has no certificate");
    assertThat(
            unusable(
                files.certificate(),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
        .contains(files.certificate().toString(), "cannot be read");
    assertThat(unusable(files.certificate(), other.certificatePem()))
        .contains(files.privateKey().toString(), "is not that of the first certificate in");
    assertThat(unusable(files.privateKey(), certificate.certificatePem()))
        .contains(files.privateKey().toString(), "has no private key");
    assertThat(
            unusable(
                files.privateKey(),
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"))
        .contains("openssl pkcs8 -topk8 -nocrypt -in " + files.privateKey());
    assertThat(
            unusable(
                files.privateKey(),
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
        .contains("has no RSA, EC or Ed25519 key")
        .doesNotContain("AAAA");
    Files.delete(files.certificate());
    assertThat(why()).isEqualTo(files.certificate() + " does not exist.");
    assertThatThrownBy(() -> CertificateFiles.open(files))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("TLS cannot be spoken: " + files.certificate() + " does not exist.");
  }

  /// Why the files cannot be used with this text in one of them, which is mended afterwards.
  private String unusable(Path file, String text) throws IOException {
    var good = Files.readString(file);
    Files.writeString(file, text);
    try {
      return why();
    } finally {
      Files.writeString(file, good);
    }
  }

  private String why() {
    return switch (CertificateFiles.load(files)) {
      case Loaded.Unusable(var why) -> why;
      case Loaded.Usable usable -> throw new AssertionError(usable);
    };
  }

  @Test
  void keepsTheOldIdentityUntilBothFilesAreNew() throws IOException {
    var watched = CertificateFiles.open(files);
    var renewed = TestCertificate.make(folder, "second");
    var seen = new ArrayList<Identity>();

    watched.poll(seen::add);
    Files.writeString(files.certificate(), renewed.certificatePem());
    watched.poll(seen::add);
    assertThat(seen).isEmpty();
    assertThat(watched.identity().certificate()).isEqualTo(certificate.certificate());

    Files.writeString(files.privateKey(), renewed.keyPem());
    watched.poll(seen::add);
    watched.poll(seen::add);
    assertThat(seen).extracting(Identity::certificate).isEqualTo(List.of(renewed.certificate()));
    assertThat(watched.identity().certificate()).isEqualTo(renewed.certificate());

    Files.delete(files.privateKey());
    watched.poll(seen::add);
    assertThat(watched.identity().certificate()).isEqualTo(renewed.certificate());
  }
}
