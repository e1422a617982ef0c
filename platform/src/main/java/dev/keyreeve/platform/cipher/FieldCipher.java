package dev.keyreeve.platform.cipher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Seals the value of one column of one row with AES-256-GCM (NIST SP 800-38D), so that it can be
/// neither read nor changed nor moved to another [Cell] without the keys.
///
/// A sealed value is a version byte (1), the key's id (1 byte), a random nonce (12 bytes), the
/// ciphertext and its tag (16 bytes): 30 bytes more than the value. One key is good for 2^32
/// values. Safe for many threads.
public final class FieldCipher {

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 2;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final FieldKeys keys;
  private final SecureRandom random = new SecureRandom();

  public FieldCipher(FieldKeys keys) {
    this.keys = keys;
  }

  /// Seals with the key that encrypts at the moment.
  public byte[] seal(byte[] value, Cell cell) {
    var id = keys.sealingId();
    var key = keys.cipherKey(id);
    if (key == null) throw new IllegalStateException("no key " + id);
    var header = new byte[] {VERSION, (byte) id};
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);

    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, key, header, nonce, cell);
      return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + value.length + TAG_BYTES)
          .put(header)
          .put(nonce)
          .put(cipher.doFinal(value))
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  /// The value that was sealed for `cell`, by whichever key of the ring.
  public byte[] open(byte[] sealed, Cell cell) {
    if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] != VERSION) {
      throw new UnreadableField("not a sealed value in " + cell);
    }
    var buffer = ByteBuffer.wrap(sealed);
    var header = new byte[HEADER_BYTES];
    var nonce = new byte[NONCE_BYTES];
    var ciphertext = new byte[sealed.length - HEADER_BYTES - NONCE_BYTES];
    buffer.get(header).get(nonce).get(ciphertext);

    var keyId = Byte.toUnsignedInt(header[1]);
    var key = keys.cipherKey(keyId);
    if (key == null) throw new UnreadableField("no key " + keyId + " for " + cell);

    try {
      return cipher(Cipher.DECRYPT_MODE, key, header, nonce, cell).doFinal(ciphertext);
    } catch (GeneralSecurityException e) {
      throw new UnreadableField("the sealed value in " + cell + " has been changed or moved", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] header, byte[] nonce, Cell cell)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(header);
    cipher.updateAAD(cell.bytes());
    return cipher;
  }
}
