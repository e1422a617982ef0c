package dev.keyreeve.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/// Who the server is in TLS: its certificate, those between it and its root, and its private key.
///
/// @param chain the server's own certificate first
public record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final char[] NO_PASSWORD = {};

  /// Kinds of name in a certificate (RFC 5280, section 4.2.1.6).
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  public Identity {
    if (chain.isEmpty()) throw new IllegalArgumentException("a chain has a certificate");
    chain = List.copyOf(chain);
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// From when on clients refuse the certificate.
  public Instant expiresAt() {
    return certificate().getNotAfter().toInstant();
  }

  /// The names and addresses that the certificate is for.
  public List<String> hosts() {
    try {
      var names = certificate().getSubjectAlternativeNames();
      if (names == null) return List.of();
      return names.stream()
          .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
          .map(name -> name.get(1).toString())
          .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /// The SHA-256 of the certificate, in hexadecimal.
  public String fingerprint() {
    return fingerprint(certificate());
  }

  /// The SHA-256 of a certificate, in hexadecimal.
  public static String fingerprint(X509Certificate certificate) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be encoded", e);
    }
  }

  /// What TLS libraries take.
  public KeyManagerFactory keyManagers() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      return managers;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificate cannot be used for TLS", e);
    }
  }

  /// The names; never the key.
  @Override
  public String toString() {
    return "Identity[" + certificate().getSubjectX500Principal() + "]";
  }
}
