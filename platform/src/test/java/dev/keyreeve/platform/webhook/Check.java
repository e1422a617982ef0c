package dev.keyreeve.platform.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// A receiver's check of Standard Webhooks signatures, written from the standard alone: HMAC by its
/// definition in RFC 2104, over SHA-256.
final class Check {
  private static final int BLOCK = 64;

  private Check() {}

  /// How many of the signatures this secret made.
  static long signaturesBy(String secret, Receiver.Received message) {
    var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    var signed = message.id() + "." + message.timestamp() + "." + message.body();
    var wanted = "v1," + Base64.getEncoder().encodeToString(hmac(key, signed.getBytes(UTF_8)));
    return Arrays.stream(message.signature().split(" ")).filter(wanted::equals).count();
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    var padded = Arrays.copyOf(key, BLOCK);
    return sha256(xor(padded, 0x5c), sha256(xor(padded, 0x36), text));
  }

  private static byte[] xor(byte[] bytes, int pad) {
    var result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (byte) (bytes[i] ^ pad);
    }
    return result;
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
