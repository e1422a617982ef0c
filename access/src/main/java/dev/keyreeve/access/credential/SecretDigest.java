package dev.keyreeve.access.credential;

import java.nio.ByteBuffer;

/// The HMAC-SHA-256 of a key's id and secret: all that the server keeps of a secret.
public record SecretDigest(long a, long b, long c, long d) {
  /// Bytes in a digest.
  public static final int LENGTH = 32;

  /// @throws IllegalArgumentException if there are not exactly 32 bytes
  public static SecretDigest of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A digest is 32 bytes.");
    }
    var buffer = ByteBuffer.wrap(bytes);
    return new SecretDigest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /// Compares all 256 bits, in the same time whatever they are.
  public boolean matches(SecretDigest other) {
    return ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0;
  }

  @Override
  public String toString() {
    return "[digest]";
  }
}
