package dev.keyreeve.procedure.http;

import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.credential.Provenance;
import dev.keyreeve.access.credential.Secret;
import dev.keyreeve.procedure.http.Canonical.Refused;
import org.jspecify.annotations.Nullable;

/// The credential that the headers of a request present. Neither the query nor the body is ever
/// looked at.
sealed interface Presented permits Presented.One, Refused {
  record One(Credential credential) implements Presented {}

  int LONGEST = 4096;
  String SCHEME = "bearer";
  String SESSION = "__Host-keyreeve";

  One ABSENT = new One(new Credential.Absent());
  One UNRECOGNISED = new One(new Credential.Unrecognised());

  /// The characters of `token68` (RFC 9110, section 11.2), of which `=` may only end a value.
  AsciiSet TOKEN68 = AsciiSet.of(AsciiSet.UNRESERVED + "+/");

  /// A header for credentials wins over the session cookie, whatever it holds. One key in both
  /// headers is one credential; anything else in both is two.
  static Presented of(String method, HeaderLines lines) {
    var authorization = lines.authorization;
    var apiKey = lines.apiKey;
    if (lines.repeatedCredential || isJoined(authorization) || isJoined(apiKey)) {
      return Refused.AMBIGUOUS_CREDENTIAL;
    }
    if (authorization == null) return apiKey == null ? fromCookie(method, lines) : token(apiKey);

    var bearer = fromAuthorization(authorization);
    if (apiKey == null) return bearer;
    return !bearer.equals(UNRECOGNISED) && bearer.equals(token(apiKey))
        ? bearer
        : Refused.AMBIGUOUS_CREDENTIAL;
  }

  private static boolean isJoined(@Nullable String value) {
    return value != null && value.indexOf(',') >= 0;
  }

  /// `Bearer`, in any case, then one or more spaces, then the token (RFC 6750, section 2.1).
  private static One fromAuthorization(String value) {
    int start = SCHEME.length();
    if (!value.regionMatches(true, 0, SCHEME, 0, start) || !value.startsWith(" ", start)) {
      return UNRECOGNISED;
    }
    while (value.startsWith(" ", start)) start++;
    return token(value.substring(start));
  }

  private static One token(String value) {
    return isToken68(value) ? new One(new Credential.Token(Secret.of(value))) : UNRECOGNISED;
  }

  /// The session cookie stands in the line once, spelled exactly so (RFC 6265, section 4.2.1).
  private static Presented fromCookie(String method, HeaderLines lines) {
    var line = lines.cookie;
    if (line == null) return ABSENT;

    One found = ABSENT;
    for (int start = 0; start < line.length(); ) {
      int semicolon = line.indexOf(';', start);
      int end = semicolon < 0 ? line.length() : semicolon;
      while (start < end && line.charAt(start) == ' ') start++;
      if (line.startsWith(SESSION, start) && line.startsWith("=", start + SESSION.length())) {
        if (!found.equals(ABSENT)) return Refused.AMBIGUOUS_CREDENTIAL;
        found =
            session(line.substring(start + SESSION.length() + 1, end), provenance(method, lines));
      }
      start = end + 1;
    }
    return found;
  }

  private static One session(String value, Provenance provenance) {
    return isToken68(value)
        ? new One(new Credential.Cookie(Secret.of(value), provenance))
        : UNRECOGNISED;
  }

  private static Provenance provenance(String method, HeaderLines lines) {
    if (method.equals("GET") || method.equals("HEAD")) return new Provenance.Reading();

    var token = lines.crossSiteToken;
    return token == null || lines.isForeign()
        ? new Provenance.Foreign()
        : new Provenance.Claimed(Secret.of(token));
  }

  private static boolean isToken68(String value) {
    int end = value.length();
    if (end > LONGEST) return false;

    while (end > 0 && value.charAt(end - 1) == '=') end--;
    for (int i = 0; i < end; i++) {
      if (!TOKEN68.contains(value.charAt(i))) return false;
    }
    return end > 0;
  }
}
