package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tells how much keys are used. Whoever counts calls implements it.
@FunctionalInterface
public interface KeyUses {
  /// Where nothing counts calls.
  KeyUses UNKNOWN = (_, _) -> Map.of();

  /// @param requests calls in the key's whole life
  /// @param lastFrom [Address#UNKNOWN] where it is not known
  /// @param lastBySecret the last use of each secret, by its number
  record Use(
      long requests,
      @Nullable Instant lastAt,
      Address lastFrom,
      Map<Integer, Instant> lastBySecret) {
    /// Of a key that nobody has used.
    public static final Use NONE = new Use(0, null, Address.UNKNOWN, Map.of());

    public Use {
      lastBySecret = Map.copyOf(lastBySecret);
    }
  }

  /// The use of these keys; those that were never used may be missing.
  Map<KeyId, Use> of(Handle handle, Collection<KeyId> keys);
}
