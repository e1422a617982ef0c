package dev.keyreeve.access.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Consumer;

/// The server's own secret, under which every key is digested. A database that leaks without it
/// gives nothing to test a guess on, and nobody who can only write rows can mint a key.
///
/// A plain keyed hash and not a password hash: the secret in a key carries 190 random bits, so
/// there is nothing that slowness would protect.
///
/// Threads: instances are immutable and may be shared.
public final class Pepper {
  /// Least bytes in a pepper.
  public static final int MIN_LENGTH = 32;

  /// Longer than what is digested of a key, so that no key's digest is this one.
  private static final byte[] FINGERPRINT =
      "keyreeve: the fingerprint of a pepper, which is digested under it and shown in a table"
          .getBytes(US_ASCII);

  private static final int BLOCK = 64;
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5c;

  // HMAC (RFC 2104) hashes a padded key before each half. Both halves start from the same state
  // every time, so that state is kept and cloned: one block is hashed for each half and no more.
  private final int version;
  private final MessageDigest inner;
  private final MessageDigest outer;

  /// @throws IllegalArgumentException if the bytes are not 32 to 64
  public Pepper(int version, byte[] bytes) {
    if (bytes.length < MIN_LENGTH || bytes.length > BLOCK) {
      throw new IllegalArgumentException("A pepper is 32 to 64 bytes.");
    }
    this.version = version;
    this.inner = keyed(bytes, INNER_PAD);
    this.outer = keyed(bytes, OUTER_PAD);
  }

  /// Which pepper this is, stored beside each digest.
  public int version() {
    return version;
  }

  /// Tells this pepper from another one of the same version, and nothing more about it.
  public SecretDigest fingerprint() {
    return digest(hash -> hash.update(FINGERPRINT));
  }

  public SecretDigest digest(KeyToken token) {
    return digest(token::addProofTo);
  }

  private SecretDigest digest(Consumer<MessageDigest> text) {
    try {
      var hash = (MessageDigest) inner.clone();
      text.accept(hash);
      var half = new byte[SecretDigest.LENGTH];
      hash.digest(half, 0, half.length);
      hash = (MessageDigest) outer.clone();
      hash.update(half);
      hash.digest(half, 0, half.length);
      return SecretDigest.of(half);
    } catch (CloneNotSupportedException | DigestException e) {
      throw new IllegalStateException("this platform's SHA-256 cannot be cloned", e);
    }
  }

  private static MessageDigest keyed(byte[] key, byte pad) {
    try {
      var block = Arrays.copyOf(key, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        block[i] ^= pad;
      }
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update(block);
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Pepper[version=" + version + "]";
  }
}
