package dev.keyreeve.platform.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/// Equal values have equal fingerprints, and a fingerprint tells nothing else without the key:
/// HMAC-SHA-256 (RFC 2104). It finds duplicates among encrypted values.
public final class Fingerprint {

  private final FieldKeys keys;

  public Fingerprint(FieldKeys keys) {
    this.keys = keys;
  }

  /// 32 bytes over all `parts` in their order. The first should say what is compared and for whom
  /// (a column and a workspace), so that nothing can be learnt across them.
  public byte[] of(String... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.fingerprintKey());
      return mac.doFinal(Parts.join(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available", e);
    }
  }
}
