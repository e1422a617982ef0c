package dev.keyreeve.identity.passkey;

import java.net.URI;

/// Whom a passkey is for: this server, by the name under which browsers reach it. A passkey works
/// there and nowhere else, which is what keeps it from being phished.
///
/// @param id the domain (WebAuthn, section 5.1.2). An address is none, so on loopback it is
///   `localhost`
/// @param origin of the pages that may ask for a passkey
public record RelyingParty(String id, String origin) {
  private static final String LOCALHOST = "localhost";

  /// @param url where browsers reach the server, without a path
  public static RelyingParty at(String url) {
    var uri = URI.create(url);
    var host = uri.getHost();
    var id = host.equals("127.0.0.1") || host.equals("[::1]") ? LOCALHOST : host;
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new RelyingParty(id, uri.getScheme() + "://" + id + port);
  }
}
