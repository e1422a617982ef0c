package dev.keyreeve.server.doctor;

import static dev.keyreeve.server.doctor.Finding.absent;
import static dev.keyreeve.server.doctor.Finding.failed;
import static dev.keyreeve.server.doctor.Finding.good;
import static dev.keyreeve.server.doctor.Finding.warning;

import dev.keyreeve.server.config.Settings;
import dev.keyreeve.server.config.TlsSettings;
import dev.keyreeve.server.tls.CertificateFiles;
import dev.keyreeve.server.tls.Identity;
import dev.keyreeve.server.tls.Loaded;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The certificate: whether it can be used, for how long, and by which name.
final class CertificateCheck {
  private static final String CERTIFICATE = "certificate";
  private static final Duration SOON = Duration.ofDays(14);

  private CertificateCheck() {}

  static Finding examine(Settings settings, Instant now) {
    var files = settings.tls();
    if (files == null) return absent(CERTIFICATE, "The server speaks plain http.");
    return switch (CertificateFiles.load(files)) {
      case Loaded.Unusable(var why) -> failed(CERTIFICATE, why);
      case Loaded.Usable(var identity) ->
          examine(files, identity, settings.http().publicUrl(), now);
    };
  }

  private static Finding examine(
      TlsSettings files, Identity identity, @Nullable String publicUrl, Instant now) {
    var begins = identity.certificate().getNotBefore().toInstant();
    var ends = identity.expiresAt();
    if (now.isBefore(begins)) return failed(CERTIFICATE, "It is not valid before " + begins + ".");
    if (now.isAfter(ends)) return failed(CERTIFICATE, "It expired at " + ends + ".");

    var host = publicUrl == null ? null : URI.create(publicUrl).getHost();
    if (host != null && identity.hosts().stream().noneMatch(name -> covers(name, host))) {
      return failed(
          CERTIFICATE,
          "It is for "
              + String.join(", ", identity.hosts())
              + ", and not for "
              + host
              + " of http.public-url.");
    }
    if (isOpenToOthers(files)) {
      return warning(
          CERTIFICATE,
          files.privateKey() + " can be read by anybody: chmod 600 " + files.privateKey());
    }
    if (now.plus(SOON).isAfter(ends)) {
      return warning(CERTIFICATE, "It expires soon, at " + ends + ".");
    }
    return good(
        CERTIFICATE, "It is for " + String.join(", ", identity.hosts()) + ", until " + ends + ".");
  }

  /// A star stands for one whole label, the first (RFC 9525, section 6.3).
  private static boolean covers(String name, String host) {
    var pattern = name.toLowerCase(Locale.ROOT);
    var wanted = host.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) return pattern.equals(wanted);
    int dot = wanted.indexOf('.');
    return dot > 0 && wanted.substring(dot).equals(pattern.substring(1));
  }

  /// A group may share the key; who manages certificates is often another user.
  private static boolean isOpenToOthers(TlsSettings files) {
    try {
      return Files.getPosixFilePermissions(files.privateKey())
          .contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      return false;
    }
  }
}
