package dev.keyreeve.platform.audit;

import dev.keyreeve.platform.datadirectory.OwnerOnlyFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The key that signs checkpoints, and those that are believed.
///
/// They are kept in a file that only its owner can read, away from the database: a line `sign` with
/// a private and a public key, and any number of lines `believe` with a public key, for what was
/// signed with a former key or by a node with another. The nodes of one database share the file.
public final class CheckpointKey {
  private static final String BASE64 = "([A-Za-z0-9+/]+={0,2})";
  private static final Pattern SIGN = Pattern.compile("sign\\s+" + BASE64 + "\\s+" + BASE64);
  private static final Pattern BELIEVE = Pattern.compile("believe\\s+" + BASE64);

  private final PrivateKey signing;
  private final List<String> publicKeys;
  private final PublicKeys believed;

  private CheckpointKey(PrivateKey signing, List<String> publicKeys) {
    this.signing = signing;
    this.publicKeys = List.copyOf(publicKeys);
    this.believed = PublicKeys.of(publicKeys);
  }

  /// Reads the key file, or makes one with a new key if there is none. A file that others can read,
  /// or that cannot be understood, is refused and left as it is.
  public static CheckpointKey loadOrCreate(Path file) {
    return parse(file, OwnerOnlyFile.readOrCreate(file, CheckpointKey::newFile));
  }

  private static String newFile() {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return """
          # Signs the audit chains' checkpoints. Back it up, share it with every node of this
          # database, and show it to nobody; the second text of the line is the public key.
          sign %s %s
          """
          .formatted(
              Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
              Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  private static CheckpointKey parse(Path file, String text) {
    PrivateKey signing = null;
    var publicKeys = new ArrayList<String>();
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) continue;

      var sign = SIGN.matcher(line);
      var believe = BELIEVE.matcher(line);
      try {
        if (sign.matches() && signing == null) {
          signing = privateKey(sign.group(1));
          publicKeys.addFirst(sign.group(2));
          requirePair(signing, sign.group(2));
        } else if (believe.matches()) {
          publicKeys.add(believe.group(1));
          PublicKeys.of(publicKeys);
        } else {
          throw new IllegalArgumentException("neither sign nor believe");
        }
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // Without the cause, which may quote the key.
        throw new IllegalStateException(
            "Line " + (i + 1) + " of the key file " + file + " is not a key, or not a new one.");
      }
    }
    if (signing == null) throw new IllegalStateException("The key file " + file + " lacks a key.");
    return new CheckpointKey(signing, publicKeys);
  }

  private static PrivateKey privateKey(String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static void requirePair(PrivateKey signing, String publicKey) {
    var trial = new CheckpointKey(signing, List.of(publicKey));
    if (!trial.believed.isGenuine(trial.sign(new ChainEnd("", 0, ""), Instant.EPOCH))) {
      throw new IllegalArgumentException("not a pair");
    }
  }

  Checkpoint sign(ChainEnd end, Instant now) {
    var at = now.truncatedTo(ChronoUnit.MICROS);
    var signer = PublicKeys.idOf(publicKey());
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(signing);
      signature.update(Checkpoint.text(end.chain(), end.seq(), end.hash(), at, signer));
      var signed = Base64.getEncoder().encodeToString(signature.sign());
      return new Checkpoint(end.chain(), end.seq(), end.hash(), at, signer, signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /// The public half of the signing key: a SubjectPublicKeyInfo (RFC 8410) in base 64.
  public String publicKey() {
    return publicKeys.getFirst();
  }

  /// All public keys that are believed, the signing one first.
  List<String> publicKeys() {
    return publicKeys;
  }

  PublicKeys believed() {
    return believed;
  }

  @Override
  public String toString() {
    return "CheckpointKey[" + PublicKeys.idOf(publicKey()) + "]";
  }
}
