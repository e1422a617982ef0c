package dev.keyreeve.access.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// The value of a session cookie: 256 random bits in base64url. Only its SHA-256 is kept; a plain
/// hash, since nobody can guess 256 bits.
public final class SessionToken {
  private static final int BYTES = 32;
  private static final byte[] CROSS_SITE_LABEL = "keyreeve cross-site token\0".getBytes(US_ASCII);

  private SessionToken() {}

  public static Secret random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// What is kept of a session's cookie.
  public static SecretDigest digest(Secret cookie) {
    return SecretDigest.of(sha256(new byte[0], cookie.reveal().getBytes(US_ASCII)));
  }

  /// What our own pages send beside the cookie in the header `X-CSRF-Token`. It follows from the
  /// cookie, which other sites can make a browser send but cannot read. By way of the digest, so
  /// that a page which has lost it is told it again; alone, it opens nothing.
  public static Secret crossSiteToken(SecretDigest cookie) {
    var bytes = sha256(CROSS_SITE_LABEL, cookie.toBytes());
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static byte[] sha256(byte[] label, byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update(label);
      return hash.digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
