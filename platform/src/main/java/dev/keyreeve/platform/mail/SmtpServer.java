package dev.keyreeve.platform.mail;

import dev.keyreeve.access.credential.Secret;
import org.jspecify.annotations.Nullable;

/// A server that takes mail from us.
///
/// @param user null to send without signing in
/// @param password null if there is no user
public record SmtpServer(
    String host, int port, Tls tls, @Nullable String user, @Nullable Secret password) {

  public SmtpServer {
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("a user and a password come together");
    }
  }

  /// How what is sent is kept from others.
  public enum Tls {
    /// The connection begins in clear, and nothing is sent on it before it is encrypted (RFC 3207).
    STARTTLS,
    /// Encrypted from the first byte (RFC 8314, section 3.3).
    IMPLICIT,
    /// Not at all: for servers on this machine.
    NONE
  }
}
