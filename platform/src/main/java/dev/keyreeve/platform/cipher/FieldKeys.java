package dev.keyreeve.platform.cipher;

import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keys of [FieldCipher] and [Fingerprint].
///
/// They are kept in a file that only its owner can read, one key a line: `cipher`, an id from 1 to
/// 255 and 32 bytes in base 64; or `fingerprint` and 32 bytes. The cipher key with the highest id
/// encrypts and every one decrypts, so a new key is a new line. Lose the file, and the encrypted
/// columns are lost: back it up beside the database.
public final class FieldKeys {

  private static final int KEY_BYTES = 32;
  private static final String KEY = "([A-Za-z0-9+/]{43}=)";
  private static final Pattern CIPHER_LINE = Pattern.compile("cipher\\s+([0-9]{1,3})\\s+" + KEY);
  private static final Pattern FINGERPRINT_LINE = Pattern.compile("fingerprint\\s+" + KEY);
  private static final int MAX_ID = 255;

  private final NavigableMap<Integer, SecretKey> cipherKeys;
  private final SecretKey fingerprintKey;

  private FieldKeys(NavigableMap<Integer, SecretKey> cipherKeys, SecretKey fingerprintKey) {
    this.cipherKeys = cipherKeys;
    this.fingerprintKey = fingerprintKey;
  }

  /// Reads the key file, or makes one with new keys if there is none. A file that others can read,
  /// or that cannot be understood, is refused and left as it is.
  public static FieldKeys loadOrCreate(Path file) {
    return parse(file, OwnerOnlyFile.readOrCreate(file, FieldKeys::newKeys).lines().toList());
  }

  int newestId() {
    return cipherKeys.lastKey();
  }

  @Nullable SecretKey cipherKey(int id) {
    return cipherKeys.get(id);
  }

  SecretKey newestKey() {
    return cipherKeys.lastEntry().getValue();
  }

  SecretKey fingerprintKey() {
    return fingerprintKey;
  }

  @Override
  public String toString() {
    return "FieldKeys" + cipherKeys.keySet();
  }

  private static String newKeys() {
    return """
        # Keys of the encrypted columns, which cannot be read without this file.
        # Back it up, and show it to nobody.
        cipher 1 %s
        fingerprint %s
        """
        .formatted(newKey(), newKey());
  }

  private static String newKey() {
    var bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static FieldKeys parse(Path file, List<String> lines) {
    var cipherKeys = new TreeMap<Integer, SecretKey>();
    SecretKey fingerprintKey = null;
    for (var i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) continue;

      var cipher = CIPHER_LINE.matcher(line);
      var fingerprint = FINGERPRINT_LINE.matcher(line);
      if (cipher.matches() && add(cipher.group(1), cipher.group(2), cipherKeys)) continue;
      if (!fingerprint.matches() || fingerprintKey != null) {
        throw new IllegalStateException(
            "Line " + (i + 1) + " of the key file " + file + " is not a key, or not a new one.");
      }
      fingerprintKey = key(fingerprint.group(1), "HmacSHA256");
    }
    if (cipherKeys.isEmpty() || fingerprintKey == null) {
      throw new IllegalStateException("The key file " + file + " lacks a key.");
    }
    return new FieldKeys(cipherKeys, fingerprintKey);
  }

  private static boolean add(String digits, String base64, Map<Integer, SecretKey> cipherKeys) {
    var id = Integer.parseInt(digits);
    return id >= 1 && id <= MAX_ID && cipherKeys.putIfAbsent(id, key(base64, "AES")) == null;
  }

  private static SecretKey key(String base64, String algorithm) {
    return new SecretKeySpec(Base64.getDecoder().decode(base64), algorithm);
  }
}
