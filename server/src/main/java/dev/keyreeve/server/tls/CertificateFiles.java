package dev.keyreeve.server.tls;

import dev.keyreeve.server.config.TlsSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate's files, read again when they change. Files that cannot be used, such as those
/// of which only one has been replaced yet, leave the identity as it is.
public final class CertificateFiles {
  private static final Logger log = LoggerFactory.getLogger(CertificateFiles.class);

  private final TlsSettings settings;
  private @Nullable PemFiles seen;
  private @Nullable String failure;
  private volatile Identity identity;

  private CertificateFiles(TlsSettings settings, PemFiles seen, Identity identity) {
    this.settings = settings;
    this.seen = seen;
    this.identity = identity;
  }

  /// @throws IllegalStateException if they cannot be used, in a sentence that names the file
  public static CertificateFiles open(TlsSettings settings) {
    try {
      var files = PemFiles.read(settings);
      return new CertificateFiles(settings, files, files.identity());
    } catch (PemFiles.Unusable e) {
      throw new IllegalStateException("TLS cannot be spoken: " + e.why, e);
    }
  }

  /// Reads the files once.
  public static Loaded load(TlsSettings settings) {
    try {
      return new Loaded.Usable(PemFiles.read(settings).identity());
    } catch (PemFiles.Unusable e) {
      return new Loaded.Unusable(e.why);
    }
  }

  /// What the files said when they could last be used.
  public Identity identity() {
    return identity;
  }

  /// Looks at the files, and hands on the new identity where they have changed. What is wrong with
  /// them is logged once.
  public synchronized void poll(Consumer<Identity> changed) {
    try {
      var files = PemFiles.read(settings);
      if (files.equals(seen)) return;
      seen = files;
      var next = files.identity();
      failure = null;
      if (next.equals(identity)) return;
      changed.accept(next);
      identity = next;
      log.info("the certificate has changed; it expires at {}", next.expiresAt());
    } catch (PemFiles.Unusable e) {
      if (e.why.equals(failure)) return;
      failure = e.why;
      log.error("the certificate's files have changed, and cannot be used: {}", failure);
    }
  }
}
