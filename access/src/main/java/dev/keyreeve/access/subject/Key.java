package dev.keyreeve.access.subject;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;

/// An API key as a decision sees it. Its secrets are not here: only their digests are ever kept.
///
/// @param prefix brand and environment, such as `dd_live_`: the API that the key may call
/// @param workspace id of the workspace that it belongs to; the caller never names one
/// @param notBeforeMillis first instant at which it is usable, in milliseconds since the epoch
/// @param expiresAtMillis first instant at which it no longer is; [#NEVER] if there is none
/// @param digests one, or two while a rotation overlaps
public record Key(
    KeyId id,
    String prefix,
    Organisation organisation,
    String workspace,
    Scopes scopes,
    State state,
    long notBeforeMillis,
    long expiresAtMillis,
    AddressList addresses,
    Limit limit,
    List<SecretDigest> digests)
    implements Subject {

  /// The expiry of a key that has none.
  public static final long NEVER = Long.MAX_VALUE;

  public Key {
    digests = List.copyOf(digests);
  }

  /// What people made of a key. That it is not yet or no longer valid follows from the clock.
  public enum State {
    ACTIVE,
    DEACTIVATED,
    REVOKED
  }

  /// Whether a presented secret, digested, is one of this key's. Takes the same time for any.
  public boolean isProvedBy(SecretDigest presented) {
    boolean proved = false;
    for (int i = 0; i < digests.size(); i++) {
      proved |= digests.get(i).matches(presented);
    }
    return proved;
  }

  @Override
  public boolean holds(Scope scope) {
    return scopes.holds(scope);
  }

  /// How people see it in lists: `dd_live_1aB3…`.
  public String shown() {
    return KeyToken.shown(prefix, id);
  }
}
