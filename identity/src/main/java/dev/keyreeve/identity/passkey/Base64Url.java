package dev.keyreeve.identity.passkey;

import dev.keyreeve.procedure.shape.Format;
import dev.keyreeve.procedure.shape.Text;
import java.util.Base64;

/// Bytes as WebAuthn writes them into JSON: base64url without padding.
@Format(pattern = "^[A-Za-z0-9_-]*$", example = "AAECAw")
@Text(max = 8192)
public final class Base64Url {
  private final byte[] bytes;

  private Base64Url(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Base64Url of(byte[] bytes) {
    return new Base64Url(bytes.clone());
  }

  /// @throws IllegalArgumentException if it is none
  public static Base64Url parse(String text) {
    if (text.indexOf('=') >= 0) throw new IllegalArgumentException("This has no padding.");
    try {
      return new Base64Url(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("This must be in base64url.", e);
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
