package dev.keyreeve.access.credential;

import org.jspecify.annotations.Nullable;

/// A presented key's id and secret, digested under every pepper that lives, so that the work does
/// not tell under which one the key is kept.
///
/// @param older null where only one pepper lives
public record Proof(
    int newestVersion, SecretDigest newest, int olderVersion, @Nullable SecretDigest older) {

  /// Matches no secret but by a chance of 1 in 2^256.
  private static final SecretDigest NOTHING = new SecretDigest(0, 0, 0, 0);

  /// The digest under the pepper of this version; under none that lives, one that matches nothing.
  public SecretDigest under(int version) {
    if (version == newestVersion) return newest;
    return older != null && version == olderVersion ? older : NOTHING;
  }

  @Override
  public String toString() {
    return "[proof]";
  }
}
