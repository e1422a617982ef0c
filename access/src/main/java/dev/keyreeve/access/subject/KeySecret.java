package dev.keyreeve.access.subject;

import dev.keyreeve.access.credential.Proof;
import dev.keyreeve.access.credential.SecretDigest;

/// One secret of a key, as its digest. Flat, because a node holds millions of these.
///
/// @param number counts the key's secrets, from 1; the one with the higher number is the newer
/// @param pepperVersion of the pepper under which it is digested
/// @param endsAtMillis first instant at which it no longer proves the key, in milliseconds since
///   the epoch; [Key#NEVER] for the newest secret
public record KeySecret(
    int number, int pepperVersion, long endsAtMillis, long a, long b, long c, long d)
    implements ProvedBy {

  public static KeySecret of(
      int number, int pepperVersion, long endsAtMillis, SecretDigest digest) {
    return new KeySecret(
        number, pepperVersion, endsAtMillis, digest.a(), digest.b(), digest.c(), digest.d());
  }

  /// Whether what was presented is this secret, at an instant at which it still counts. All bits
  /// are compared, in the same time whatever they are.
  boolean isProvedBy(Proof presented, long nowMillis) {
    return nowMillis < endsAtMillis && matches(presented.under(pepperVersion));
  }

  private boolean matches(SecretDigest other) {
    return ((a ^ other.a()) | (b ^ other.b()) | (c ^ other.c()) | (d ^ other.d())) == 0;
  }

  @Override
  public String toString() {
    return "KeySecret[" + number + "]";
  }
}
