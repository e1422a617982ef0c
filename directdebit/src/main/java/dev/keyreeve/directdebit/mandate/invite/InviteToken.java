package dev.keyreeve.directdebit.mandate.invite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// What opens an invite: 256 random bits in base64url, 43 characters. Whoever holds it is taken for
/// the payer, so it prints as `[redacted]`, and only its SHA-256 is kept; of a value that nobody
/// can guess, that tells nothing.
public final class InviteToken {
  private static final int BYTES = 32;

  private final String text;

  private InviteToken(String text) {
    this.text = text;
  }

  /// Takes any text: one that no invite was given is found out by looking for it, like one that no
  /// longer works.
  public static InviteToken parse(String text) {
    return new InviteToken(text);
  }

  static InviteToken random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new InviteToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  String reveal() {
    return text;
  }

  byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
