package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.tenancy.Within;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Keys as they are shown, with their secrets and how much they are used.
final class KeyViews {
  private final KeyUses uses;

  KeyViews(KeyUses uses) {
    this.uses = uses;
  }

  List<KeyView> of(Handle handle, KeyFilter filter, KeyFilter.Part part, Instant now) {
    return of(handle, KeyStore.list(handle, filter, part, now), now);
  }

  List<KeyView> of(Handle handle, List<KeyRow> keys, Instant now) {
    var ids = keys.stream().map(KeyRow::id).toList();
    var secrets = new LinkedHashMap<KeyId, List<KeyRow.Secret>>();
    for (var secret : KeyStore.secrets(handle, ids, now)) {
      secrets.computeIfAbsent(secret.key(), _ -> new ArrayList<>()).add(secret);
    }
    var used = uses.of(handle, ids);
    return keys.stream()
        .map(
            key ->
                key.view(
                    secrets.getOrDefault(key.id(), List.of()),
                    used.getOrDefault(key.id(), KeyUses.Use.NONE)))
        .toList();
  }

  /// A key as a change leaves it.
  KeyView stored(Alteration alteration, KeyRow key) {
    var handle = alteration.handle();
    var row = KeyStore.find(handle, key.id(), Within.EVERYTHING, alteration.now()).orElseThrow();
    return of(handle, List.of(row), alteration.now()).getFirst();
  }

  /// Has every node read a key again, and writes why into the record.
  static void record(
      Alteration alteration, KeyRow key, String action, Map<String, Object> details) {
    alteration.touches(Basis.Kind.KEY, key.id().toString());
    alteration.records(key.organisation(), action, Target.key(key.id().toString()), details);
  }
}
