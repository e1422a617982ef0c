package dev.keyreeve.access.directory;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.subject.Key;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The facts of all keys, held by every node in full. Nothing is loaded on the way of a call: an id
/// that is not here is unknown, at no cost to storage.
///
/// Threads: lookups never wait; changes come from one feed.
public final class KeyDirectory {
  private final ConcurrentHashMap<KeyId, Key> keys = new ConcurrentHashMap<>();
  private final Upgrades upgrades = new Upgrades();
  private final Peppers peppers;
  private final Lease lease;

  public KeyDirectory(Peppers peppers, Lease lease) {
    this.peppers = peppers;
    this.lease = lease;
  }

  /// Who this text stands for. Malformed text is refused before anything is digested.
  public Lookup lookup(String presented, long nowMillis) {
    if (!lease.isFresh()) {
      return new Lookup.Unavailable();
    }
    var token = KeyToken.parse(presented);
    if (token == null) {
      return new Lookup.Unknown();
    }
    // Digested before it is looked up: an unknown id takes as long as a wrong secret.
    var proof = peppers.prove(token);
    var key = keys.get(token.id());
    var secret = key == null ? null : key.provedBy(proof, nowMillis);
    if (key == null || secret == null || !token.hasPrefix(key.prefix())) {
      return new Lookup.Unknown();
    }
    if (secret.pepperVersion() != proof.newestVersion()) {
      upgrades.note(key.id(), secret.number(), proof.newestVersion(), proof.newest());
    }
    return new Lookup.Known(key, secret);
  }

  /// Secrets in use that are still kept under the older pepper.
  public Upgrades upgrades() {
    return upgrades;
  }

  /// What this node now knows of a key that it has admitted before.
  ///
  /// @param number of the secret that proved it; a key that was given another since is unknown
  Lookup current(Key admitted, int number, long nowMillis) {
    if (!lease.isFresh()) {
      return new Lookup.Unavailable();
    }
    var key = keys.get(admitted.id());
    var secret = key == null ? null : key.liveSecret(number, nowMillis);
    return key == null || secret == null ? new Lookup.Unknown() : new Lookup.Known(key, secret);
  }

  public @Nullable Key find(KeyId id) {
    return keys.get(id);
  }

  /// Makes a new or changed key known.
  public void put(Key key) {
    keys.put(key.id(), key);
  }

  public void remove(KeyId id) {
    keys.remove(id);
  }

  /// The ids of all keys, in a set of their own.
  public Set<KeyId> ids() {
    return new HashSet<>(keys.keySet());
  }

  public int size() {
    return keys.size();
  }
}
