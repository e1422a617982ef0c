package dev.keyreeve.access.directory;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.SecretDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Secrets that were proved under the older pepper, and are to be kept under the newest: a pepper
/// is replaced as keys are used. At most 10,000 wait; what finds no room is noted at its next use.
///
/// Threads: any number may note and take; none of them waits for storage.
public final class Upgrades {
  static final int MOST = 10_000;

  private final ConcurrentHashMap<KeyId, Upgrade> waiting = new ConcurrentHashMap<>();

  /// @param secret number of the key's secret
  /// @param digest of it, under the pepper of this version
  public record Upgrade(KeyId key, int secret, int pepperVersion, SecretDigest digest) {}

  void note(KeyId key, int secret, int pepperVersion, SecretDigest digest) {
    if (waiting.containsKey(key) || waiting.mappingCount() >= MOST) return;
    waiting.put(key, new Upgrade(key, secret, pepperVersion, digest));
  }

  /// Takes out as many as wait, but no more than this.
  public List<Upgrade> take(int most) {
    var taken = new ArrayList<Upgrade>();
    for (var upgrade : waiting.values()) {
      if (taken.size() == most) break;
      if (waiting.remove(upgrade.key(), upgrade)) taken.add(upgrade);
    }
    return taken;
  }
}
