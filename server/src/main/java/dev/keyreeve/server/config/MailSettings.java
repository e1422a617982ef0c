package dev.keyreeve.server.config;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import dev.keyreeve.platform.mail.From;
import dev.keyreeve.platform.mail.SmtpServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How mail leaves.
///
/// @param place null for the outbox folder
public record MailSettings(From from, @Nullable Place place) {

  /// Where an SMTP server is, and as whom to sign in to it.
  ///
  /// @param user null to send without signing in; then there is no file either
  public record Place(
      String host,
      int port,
      SmtpServer.Tls tls,
      @Nullable String user,
      @Nullable Path passwordFile) {

    /// With the password, read from its file.
    ///
    /// @throws IllegalStateException if others can read the file
    public SmtpServer server() {
      var password =
          passwordFile == null ? null : Secret.of(OwnerOnlyFile.read(passwordFile).strip());
      return new SmtpServer(host, port, tls, user, password);
    }
  }
}
