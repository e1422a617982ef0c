package dev.keyreeve.platform.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The keys whose checkpoints are believed.
public final class PublicKeys {
  private static final int ID_LENGTH = 16;

  private final Map<String, PublicKey> byId = new LinkedHashMap<>();

  private PublicKeys() {}

  /// @param texts Ed25519 keys, each a SubjectPublicKeyInfo (RFC 8410) in base 64
  /// @throws IllegalArgumentException if one is not
  public static PublicKeys of(Collection<String> texts) {
    var keys = new PublicKeys();
    for (var text : texts) keys.byId.put(idOf(text), parse(text));
    return keys;
  }

  /// The beginning of the SHA-256 of the key, in hexadecimal.
  static String idOf(String text) {
    return CanonicalBytes.digest(Base64.getDecoder().decode(text)).substring(0, ID_LENGTH);
  }

  private static PublicKey parse(String text) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  boolean isGenuine(Checkpoint checkpoint) {
    var key = byId.get(checkpoint.signer());
    if (key == null) return false;
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(checkpoint.text());
      return signature.verify(Base64.getDecoder().decode(checkpoint.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
      return false;
    }
  }

  /// Whether one of them has this id.
  boolean has(String signer) {
    return byId.containsKey(signer);
  }
}
