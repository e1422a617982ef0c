package dev.keyreeve.identity.session;

import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.procedure.http.Header;

/// The cookie that a session is known by. Its prefix makes browsers take it only with `Secure`,
/// with `Path=/` and without a domain (RFC 6265bis, section 4.1.3.2), so that no other host can set
/// it. It goes when the browser is closed.
final class SessionCookie {
  private static final String NAME = "__Host-keyreeve";
  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private SessionCookie() {}

  static Header set(Secret cookie) {
    return new Header("set-cookie", NAME + "=" + cookie.reveal() + ATTRIBUTES);
  }

  static Header clear() {
    return new Header("set-cookie", NAME + "=" + ATTRIBUTES + "; Max-Age=0");
  }
}
