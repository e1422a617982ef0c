package dev.keyreeve.platform.cipher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The keys of [FieldCipher] and [Fingerprint].
///
/// They are kept in a file that only its owner can read, one key a line: `cipher`, an id from 1 to
/// 255 and 32 bytes in base 64; or `fingerprint` and 32 bytes. One cipher key encrypts, the one
/// with the highest id unless [#sealWith] says otherwise, and every one decrypts, so a new key is a
/// new line. The key of fingerprints is never replaced, for nothing could be compared with what was
/// digested under another. Lose the file, and the encrypted columns are lost: back it up beside the
/// database.
public final class FieldKeys {

  /// Digested under a key to tell it from others.
  private static final byte[] MARK =
      "keyreeve: the mark of a key of sealed columns, shown in a table".getBytes(US_ASCII);

  private static final int KEY_BYTES = 32;
  private static final String KEY = "([A-Za-z0-9+/]{43}=)";
  private static final Pattern CIPHER_LINE = Pattern.compile("cipher\\s+([0-9]{1,3})\\s+" + KEY);
  private static final Pattern FINGERPRINT_LINE = Pattern.compile("fingerprint\\s+" + KEY);
  private static final int MAX_ID = 255;

  private final NavigableMap<Integer, SecretKey> cipherKeys;
  private final SecretKey fingerprintKey;
  private volatile int sealingId;

  private FieldKeys(NavigableMap<Integer, SecretKey> cipherKeys, SecretKey fingerprintKey) {
    this.cipherKeys = cipherKeys;
    this.fingerprintKey = fingerprintKey;
    this.sealingId = cipherKeys.lastKey();
  }

  /// Reads the key file, or makes one with new keys if there is none. A file that others can read,
  /// or that cannot be understood, is refused and left as it is.
  public static FieldKeys loadOrCreate(Path file) {
    return parse(file, OwnerOnlyFile.readOrCreate(file, FieldKeys::newKeys).lines().toList());
  }

  /// Adds a new cipher key to a file that is there.
  ///
  /// @return its id, one more than that of the newest
  /// @throws IllegalStateException if the file cannot be used, or has key 255
  public static int add(Path file) {
    var text = OwnerOnlyFile.read(file);
    var id = parse(file, text.lines().toList()).ids().last() + 1;
    if (id > MAX_ID) throw new IllegalStateException("The key file " + file + " has key 255.");

    var end = text.endsWith("\n") ? "" : "\n";
    OwnerOnlyFile.write(file, text + end + "cipher " + id + " " + newKey() + "\n");
    return id;
  }

  /// The ids of the cipher keys.
  public NavigableSet<Integer> ids() {
    return Collections.unmodifiableNavigableSet(cipherKeys.navigableKeySet());
  }

  /// The id of the key that encrypts.
  public int sealingId() {
    return sealingId;
  }

  /// Has another of the keys encrypt from now on.
  ///
  /// @throws IllegalArgumentException if there is none with this id
  public void sealWith(int id) {
    if (!cipherKeys.containsKey(id)) throw new IllegalArgumentException("no key " + id);
    sealingId = id;
  }

  /// Tells a cipher key from another one of the same id, and nothing more about it.
  ///
  /// @throws IllegalArgumentException if there is none with this id
  public byte[] mark(int id) {
    var key = cipherKeys.get(id);
    if (key == null) throw new IllegalArgumentException("no key " + id);
    return mark(key);
  }

  /// Tells the key of fingerprints from another one, and nothing more about it.
  public byte[] fingerprintMark() {
    return mark(fingerprintKey);
  }

  private static byte[] mark(SecretKey key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      return mac.doFinal(MARK);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available", e);
    }
  }

  @Nullable SecretKey cipherKey(int id) {
    return cipherKeys.get(id);
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
