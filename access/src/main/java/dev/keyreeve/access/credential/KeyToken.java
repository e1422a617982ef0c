package dev.keyreeve.access.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The text of an API key: `{brand}_{live|test}_` and 51 base62 characters.
///
/// | characters | content |
/// |---|---|
/// | 1 | version, `1` |
/// | 12 | public id, the key of every lookup |
/// | 32 | secret, 190 random bits |
/// | 6 | CRC-32 of everything before it |
///
/// Widths are fixed and read from the right, so that no separator is ever searched for. The
/// checksum refuses typing errors without a lookup; anyone can compute it, so it proves nothing.
public final class KeyToken {
  private static final char VERSION = '1';
  private static final int SECRET_LENGTH = 32;
  private static final int CHECKSUM_LENGTH = 6;

  /// Characters after brand and environment.
  public static final int BODY_LENGTH = 1 + KeyId.LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;

  private static final int MAX_LENGTH = 12 + "_test_".length() + BODY_LENGTH;

  /// Characters of id and secret together: what is proved and digested.
  private static final int PROOF_LENGTH = KeyId.LENGTH + SECRET_LENGTH;

  private final String text;
  private final byte[] ascii;
  private final KeyId id;

  private KeyToken(String text, byte[] ascii) {
    this.text = text;
    this.ascii = ascii;
    this.id = KeyId.at(text, proofStart());
  }

  /// The token in this text, or null if the text is none: wrong length, alphabet, version or
  /// checksum.
  public static @Nullable KeyToken parse(String text) {
    int body = text.length() - BODY_LENGTH;
    if (text.length() > MAX_LENGTH || !isPrefix(text, body)) {
      return null;
    }
    // A character beyond Latin-1 becomes a question mark, which is no digit either.
    var ascii = text.getBytes(ISO_8859_1);
    if (ascii[body] != VERSION || !Base62.isText(ascii, body, ascii.length)) {
      return null;
    }
    int end = ascii.length - CHECKSUM_LENGTH;
    return checksum(ascii, end) == valueOf(text, end) ? new KeyToken(text, ascii) : null;
  }

  /// A new token with this id and a new secret.
  public static KeyToken issue(
      String brand, Environment environment, KeyId id, RandomGenerator random) {
    var start = prefix(brand, environment) + VERSION + id + Base62.random(random, SECRET_LENGTH);
    var checksum = checksum(start.getBytes(ISO_8859_1), start.length());
    var text = start + Base62.encode(checksum, CHECKSUM_LENGTH);
    return new KeyToken(text, text.getBytes(ISO_8859_1));
  }

  /// The part before the body, such as `dd_live_`.
  ///
  /// @throws IllegalArgumentException if the brand is not 2 to 12 of `a-z0-9` with a letter first
  public static String prefix(String brand, Environment environment) {
    var prefix = brand + "_" + environment + "_";
    if (!isPrefix(prefix, prefix.length())) {
      throw new IllegalArgumentException("A brand is 2 to 12 of a-z and 0-9, a letter first.");
    }
    return prefix;
  }

  public KeyId id() {
    return id;
  }

  /// Whether brand and environment are those of this prefix.
  public boolean hasPrefix(String prefix) {
    return text.length() == prefix.length() + BODY_LENGTH && text.startsWith(prefix);
  }

  /// The whole text, for its one showing.
  public Secret secret() {
    return Secret.of(text);
  }

  /// Adds id and secret, as ASCII, to what is hashed.
  void addProofTo(MessageDigest hash) {
    hash.update(ascii, proofStart(), PROOF_LENGTH);
  }

  private int proofStart() {
    return text.length() - BODY_LENGTH + 1;
  }

  private static boolean isPrefix(String text, int length) {
    int brand = length - "_live_".length();
    if (brand < 2 || brand > 12 || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
      return false;
    }
    for (int i = 1; i < brand; i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return text.startsWith("_live_", brand) || text.startsWith("_test_", brand);
  }

  private static long checksum(byte[] ascii, int end) {
    var crc = new CRC32();
    crc.update(ascii, 0, end);
    return crc.getValue();
  }

  private static long valueOf(String text, int from) {
    long value = 0;
    for (int i = from; i < text.length(); i++) {
      value = value * 62 + Base62.valueOf(text.charAt(i));
    }
    return value;
  }

  /// How a key is shown where its secret may not be: `dd_live_1aB3…`.
  public static String shown(String prefix, KeyId id) {
    return prefix + VERSION + id.toString().substring(0, 4) + "…";
  }

  @Override
  public String toString() {
    return shown(text.substring(0, proofStart() - 1), id);
  }
}
