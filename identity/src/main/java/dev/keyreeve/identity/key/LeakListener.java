package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Is told of each leaked key, so that its owner learns of it.
@FunctionalInterface
public interface LeakListener {
  /// @param handle of the transaction that revokes the key: what is written by it happens together
  ///   with the revocation or not at all
  void leaked(Handle handle, String workspace, KeyId id, String name, Instant at);
}
