package dev.keyreeve.access.credential;

/// The one credential of a request, as presented.
public sealed interface Credential {

  /// None was presented.
  record Absent() implements Credential {}

  /// The value of `Authorization: Bearer` or `X-API-Key`: an API key, an access token or an
  /// operator's token. Its prefix tells which.
  record Token(Secret secret) implements Credential {}

  /// The value of the session cookie `__Host-keyreeve`, and whence it came.
  record Cookie(Secret secret, Provenance provenance) implements Credential {}

  /// Something was presented that can be no credential of ours: another scheme, or a value that is
  /// empty, too long or made of other characters. It is answered like a wrong credential, never
  /// like an absent one.
  record Unrecognised() implements Credential {}
}
