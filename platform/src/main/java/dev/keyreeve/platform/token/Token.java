package dev.keyreeve.platform.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.shape.OneTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// A secret that nobody can guess: 256 random bits in base64url, 43 characters. Whoever holds it is
/// believed, so it prints as `[redacted]`, and only its SHA-256 is kept: of a value with that many
/// random bits, a digest tells nothing.
public final class Token {
  private static final int BYTES = 32;

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /// Takes any text: one that was never given out is found out by looking for it, like one that no
  /// longer works.
  public static Token parse(String text) {
    return new Token(text);
  }

  public static Token random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Shows it, in the one answer that does.
  public OneTime once() {
    return new OneTime(text);
  }

  public byte[] digest() {
    return sha256(text.getBytes(UTF_8));
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
