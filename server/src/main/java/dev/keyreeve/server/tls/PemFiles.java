package dev.keyreeve.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.keyreeve.server.config.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The two files as they are at one moment: texts with certificates and a key between `-----BEGIN`
/// and `-----END` (RFC 7468).
///
/// @param certificate the text of the certificate's file
/// @param key the text of the key's file
record PemFiles(TlsSettings files, String certificate, String key) {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  /// The file cannot be used. The message names it, and repeats nothing of it.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    final String why;

    Unusable(String why) {
      super(why);
      this.why = why;
    }
  }

  static PemFiles read(TlsSettings files) throws Unusable {
    return new PemFiles(files, text(files.certificate()), text(files.privateKey()));
  }

  private static String text(Path file) throws Unusable {
    try {
      if (Files.size(file) > MAX_BYTES) throw new Unusable(file + " is longer than 1 MiB.");
      return Files.readString(file, ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new Unusable(file + " does not exist.");
    } catch (IOException e) {
      throw new Unusable(file + " cannot be read.");
    }
  }

  Identity identity() throws Unusable {
    var chain = chain();
    var privateKey = privateKey();
    if (!belongTogether(chain.getFirst().getPublicKey(), privateKey)) {
      throw new Unusable(
          "The key in "
              + files.privateKey()
              + " is not that of the first certificate in "
              + files.certificate()
              + ".");
    }
    return new Identity(chain, privateKey);
  }

  private List<X509Certificate> chain() throws Unusable {
    var chain = new ArrayList<X509Certificate>();
    var blocks = BLOCK.matcher(certificate);
    try {
      var factory = CertificateFactory.getInstance("X.509");
      while (blocks.find()) {
        if (!blocks.group(1).equals("CERTIFICATE")) continue;
        var bytes = Base64.getMimeDecoder().decode(blocks.group(2));
        chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new Unusable(files.certificate() + " has a certificate that cannot be read.");
    }
    if (chain.isEmpty()) {
      throw new Unusable(
          files.certificate() + " has no certificate: no '-----BEGIN CERTIFICATE-----'.");
    }
    return chain;
  }

  private PrivateKey privateKey() throws Unusable {
    var blocks = BLOCK.matcher(key);
    while (blocks.find()) {
      var kind = blocks.group(1);
      if (kind.equals("PRIVATE KEY")) {
        var read = privateKey(blocks.group(2));
        if (read == null) {
          throw new Unusable(files.privateKey() + " has no RSA, EC or Ed25519 key.");
        }
        return read;
      }
      if (kind.endsWith("PRIVATE KEY")) {
        throw new Unusable(
            files.privateKey()
                + " has a key in another form. Write it anew: openssl pkcs8 -topk8 -nocrypt -in "
                + files.privateKey()
                + " -out NEW");
      }
    }
    throw new Unusable(
        files.privateKey() + " has no private key: no '-----BEGIN PRIVATE KEY-----'.");
  }

  private static @Nullable PrivateKey privateKey(String base64) {
    try {
      var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
      for (var algorithm : ALGORITHMS) {
        var key = privateKey(algorithm, spec);
        if (key != null) return key;
      }
      return null;
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return null;
    }
  }

  private static @Nullable PrivateKey privateKey(String algorithm, PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      return null; // of another algorithm
    }
  }

  /// Shown by a signature.
  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
    var name =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      var signing = Signature.getInstance(name);
      signing.initSign(privateKey);
      signing.update((byte) 1);
      var checking = Signature.getInstance(name);
      checking.initVerify(publicKey);
      checking.update((byte) 1);
      return checking.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// The names of the files; never the key.
  @Override
  public String toString() {
    return "PemFiles[" + files + "]";
  }
}
