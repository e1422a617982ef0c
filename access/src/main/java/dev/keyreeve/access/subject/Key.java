package dev.keyreeve.access.subject;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Proof;
import dev.keyreeve.access.limit.Limit;
import dev.keyreeve.access.network.AddressList;
import dev.keyreeve.access.scope.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An API key as a decision sees it. Its secrets are not here: only their digests are ever kept.
///
/// @param prefix brand and environment, such as `dd_live_`: the API that the key may call
/// @param workspace id of the workspace that it belongs to; the caller never names one
/// @param notBeforeMillis first instant at which it is usable, in milliseconds since the epoch
/// @param expiresAtMillis first instant at which it no longer is; [#NEVER] if there is none
/// @param secret the newest; without one, nothing proves the key
/// @param formerSecret the one before, while a rotation overlaps
public record Key(
    KeyId id,
    String prefix,
    Organisation organisation,
    String workspace,
    Scopes scopes,
    KeyState state,
    long notBeforeMillis,
    long expiresAtMillis,
    AddressList addresses,
    Limit limit,
    @Nullable KeySecret secret,
    @Nullable KeySecret formerSecret)
    implements Subject {

  /// The expiry of a key that has none.
  public static final long NEVER = Long.MAX_VALUE;

  /// The secret of this key that was presented, or null if none was. Takes the same time for any.
  public @Nullable KeySecret provedBy(Proof presented, long nowMillis) {
    boolean newest = secret != null && secret.isProvedBy(presented, nowMillis);
    boolean former = formerSecret != null && formerSecret.isProvedBy(presented, nowMillis);
    if (newest) return secret;
    return former ? formerSecret : null;
  }

  private static boolean isLive(@Nullable KeySecret secret, int number, long nowMillis) {
    return secret != null && secret.number() == number && nowMillis < secret.endsAtMillis();
  }

  /// The secret of this number, at an instant at which it proves the key; null if there is none.
  public @Nullable KeySecret liveSecret(int number, long nowMillis) {
    if (isLive(secret, number, nowMillis)) return secret;
    return isLive(formerSecret, number, nowMillis) ? formerSecret : null;
  }

  @Override
  public Reach reach() {
    return new Reach.OneWorkspace(organisation.id(), workspace);
  }

  /// That of all keys of its organisation together.
  @Override
  public Limit sharedLimit() {
    return organisation.standing().limit();
  }

  @Override
  public Who who() {
    return new Who(Who.Kind.KEY, id.toString(), shown());
  }

  /// A program hands nothing on.
  @Override
  public Authority authority() {
    return new Authority.None();
  }

  @Override
  public List<Basis> bases() {
    return List.of(
        new Basis(Basis.Kind.KEY, id.toString()),
        new Basis(Basis.Kind.ORGANISATION, organisation.id()));
  }

  /// How people see it in lists: `dd_live_1aB3…`.
  public String shown() {
    return KeyToken.shown(prefix, id);
  }
}
