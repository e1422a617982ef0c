package dev.keyreeve.identity.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.platform.token.Token;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.NullMarked;

/// A browser and its authenticator with one passkey on P-256, as WebAuthn has them. Everything that
/// it tells can be bent, so that tests can lie with it.
@NullMarked
public final class VirtualAuthenticator {
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int HAS_CREDENTIAL = 0x40;

  private final KeyPair keys = generate();
  private final byte[] credentialId = new byte[32];
  private String rpId;
  private String origin;
  private boolean verifiesUser = true;
  private long counter;

  public VirtualAuthenticator(String rpId, String origin) {
    this.rpId = rpId;
    this.origin = origin;
    new SecureRandom().nextBytes(credentialId);
  }

  public VirtualAuthenticator at(String otherOrigin) {
    origin = otherOrigin;
    return this;
  }

  public VirtualAuthenticator forParty(String otherRpId) {
    rpId = otherRpId;
    return this;
  }

  public VirtualAuthenticator withoutVerifying() {
    verifiesUser = false;
    return this;
  }

  /// The next answer counts on from here.
  public VirtualAuthenticator countingFrom(long signatures) {
    counter = signatures;
    return this;
  }

  /// What is sent to the server, in base64url.
  public record Created(String clientDataJson, String attestationObject) {}

  public record Signed(
      String credentialId, String clientDataJson, String authenticatorData, String signature) {}

  public Created create(String challenge) {
    var credential = new ByteArrayOutputStream();
    credential.writeBytes(new byte[16]); // a model that is not told
    credential.writeBytes(ByteBuffer.allocate(2).putShort((short) credentialId.length).array());
    credential.writeBytes(credentialId);
    credential.writeBytes(coseKey());

    var attestation = new ByteArrayOutputStream();
    attestation.write(0xa3); // a map of three
    text(attestation, "fmt");
    text(attestation, "none");
    text(attestation, "attStmt");
    attestation.write(0xa0);
    text(attestation, "authData");
    bytes(attestation, data(HAS_CREDENTIAL, credential.toByteArray()));
    return new Created(
        encode(clientData("webauthn.create", challenge)), encode(attestation.toByteArray()));
  }

  public Signed sign(String challenge) {
    counter++;
    var clientData = clientData("webauthn.get", challenge);
    var data = data(0, new byte[0]);
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(Token.sha256(clientData));
      return new Signed(
          encode(credentialId), encode(clientData), encode(data), encode(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] clientData(String type, String challenge) {
    return """
    {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}"""
        .formatted(type, challenge, origin)
        .getBytes(UTF_8);
  }

  /// Authenticator data: section 6.1.
  private byte[] data(int flags, byte[] credential) {
    int all = flags | USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0);
    return ByteBuffer.allocate(37 + credential.length)
        .put(Token.sha256(rpId.getBytes(UTF_8)))
        .put((byte) all)
        .putInt((int) counter)
        .put(credential)
        .array();
  }

  /// RFC 9053, section 7.1.1: an elliptic curve key for ES256 on P-256.
  private byte[] coseKey() {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    var key = new ByteArrayOutputStream();
    key.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
    bytes(key, coordinate(point.getAffineX()));
    key.write(0x22);
    bytes(key, coordinate(point.getAffineY()));
    return key.toByteArray();
  }

  private static byte[] coordinate(BigInteger value) {
    var bytes = value.toByteArray();
    var fixed = new byte[32];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return fixed;
  }

  private static void text(ByteArrayOutputStream cbor, String text) {
    cbor.write(0x60 | text.length());
    cbor.writeBytes(text.getBytes(UTF_8));
  }

  private static void bytes(ByteArrayOutputStream cbor, byte[] bytes) {
    cbor.write(0x58 + (bytes.length < 256 ? 0 : 1));
    if (bytes.length >= 256) cbor.write(bytes.length >>> 8);
    cbor.write(bytes.length);
    cbor.writeBytes(bytes);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
