package dev.keyreeve.platform.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What an endpoint's deliveries are signed with: 32 random bytes, shown as `whsec_` and their base
/// 64, as Standard Webhooks writes them.
final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  private final byte[] bytes;

  private SigningSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  static SigningSecret random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SigningSecret(bytes);
  }

  static SigningSecret of(byte[] bytes) {
    return new SigningSecret(bytes.clone());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }

  /// The header `webhook-signature`: one signature for each secret, so that a receiver which knows
  /// any of them can check.
  static String signatures(List<SigningSecret> secrets, String id, Instant at, String body) {
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.sign(id, at, body)))
        .collect(Collectors.joining(" "));
  }

  /// HMAC-SHA-256 of the id, the second and the body, joined by dots.
  private byte[] sign(String id, Instant at, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      mac.update((id + "." + at.getEpochSecond() + ".").getBytes(UTF_8));
      return mac.doFinal(body.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available", e);
    }
  }
}
