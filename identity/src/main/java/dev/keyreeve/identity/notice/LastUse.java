package dev.keyreeve.identity.notice;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Tells when the secrets of keys were last used.
public interface LastUse {
  /// A use of a key by one of its secrets.
  ///
  /// @param secret its number in the key's life
  record Use(String keyId, int secret, Instant at) {}

  /// The last use of each secret of these keys; a secret that never was used is missing.
  List<Use> of(Collection<String> keyIds);
}
