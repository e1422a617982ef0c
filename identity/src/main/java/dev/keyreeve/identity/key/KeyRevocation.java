package dev.keyreeve.identity.key;

import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.access.subject.Basis;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.platform.tenancy.Within;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The revocation of many keys at once: all of a workspace that something fits.
final class KeyRevocation {
  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final KeyUses uses;
  private final KeyViews views;

  KeyRevocation(Jdbi jdbi, AccessChanges changes, KeyUses uses, KeyViews views) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.uses = uses;
    this.views = views;
  }

  /// Revokes all keys that something fits, as one change with one entry in the record.
  Outcome<RevokedKeys> of(RevokeKeys wanted, Grantor by, Instant now) {
    if (wanted.isDryRun()) {
      return jdbi.withHandle(
          handle ->
              meant(handle, wanted, by, now)
                  .then(
                      meant ->
                          Outcome.done(
                              new RevokedKeys(
                                  true,
                                  meant.keys().size(),
                                  views.of(handle, meant.keys(), now),
                                  null))));
    }
    return changes
        .change(
            by.actor(),
            now,
            alteration ->
                meant(alteration.handle(), wanted, by, now)
                    .then(meant -> Outcome.done(revoke(alteration, meant, wanted))))
        .then(
            confirmed ->
                Outcome.done(
                    new RevokedKeys(
                        false,
                        confirmed.value().size(),
                        confirmed.value(),
                        Effective.of(confirmed))));
  }

  private record Meant(KeyWorkspace workspace, List<KeyRow> keys) {}

  private Outcome<Meant> meant(Handle handle, RevokeKeys wanted, Grantor by, Instant now) {
    var faults = new Faults();
    var from = range(wanted.lastUsedFrom(), faults);
    return faults.or(
        () ->
            KeyReach.workspace(handle, wanted.workspaceId(), by)
                .then(
                    workspace -> {
                      var filter =
                          new KeyFilter(
                              workspace.id(),
                              null,
                              wanted.tag(),
                              wanted.createdBy(),
                              wanted.createdAfter(),
                              wanted.createdBefore(),
                              false);
                      var fitting = KeyStore.list(handle, filter, KeyFilter.Part.WHOLE, now);
                      return Outcome.done(
                          new Meant(
                              workspace,
                              from == null ? fitting : lastUsedFrom(handle, fitting, from)));
                    }));
  }

  private static @Nullable Cidr range(@Nullable String text, Faults faults) {
    if (text == null) return null;
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException notARange) {
      faults.add("last_used_from", IpAllowList.BAD_RANGE);
      return null;
    }
  }

  private List<KeyRow> lastUsedFrom(Handle handle, List<KeyRow> keys, Cidr range) {
    var used = uses.of(handle, keys.stream().map(KeyRow::id).toList());
    return keys.stream()
        .filter(key -> range.contains(used.getOrDefault(key.id(), KeyUses.Use.NONE).lastFrom()))
        .toList();
  }

  private List<KeyView> revoke(Alteration alteration, Meant meant, RevokeKeys wanted) {
    var handle = alteration.handle();
    var now = alteration.now();
    if (meant.keys().isEmpty()) return List.of();

    var reason = wanted.reason() == null ? "unspecified" : wanted.reason();
    var revoked = new ArrayList<KeyRow>();
    for (var key : meant.keys()) {
      KeyStore.update(handle, key.revoked(reason, now), now);
      alteration.touches(Basis.Kind.KEY, key.id().toString());
      revoked.add(KeyStore.find(handle, key.id(), Within.EVERYTHING, now).orElseThrow());
    }
    var details = criteria(wanted);
    details.put("reason", reason);
    details.put("keys", meant.keys().stream().map(key -> key.id().toString()).toList());
    alteration.records(
        meant.workspace().organisation(),
        KeyActivity.REVOKED_TOGETHER,
        new Target("workspace", meant.workspace().id()),
        details);
    return views.of(handle, revoked, now);
  }

  private static Map<String, Object> criteria(RevokeKeys wanted) {
    var criteria = new LinkedHashMap<String, Object>();
    if (wanted.createdBy() != null) criteria.put("created_by", wanted.createdBy());
    if (wanted.tag() != null) criteria.put("tag", wanted.tag());
    if (wanted.createdAfter() != null) {
      criteria.put("created_after", wanted.createdAfter().toString());
    }
    if (wanted.createdBefore() != null) {
      criteria.put("created_before", wanted.createdBefore().toString());
    }
    if (wanted.lastUsedFrom() != null) criteria.put("last_used_from", wanted.lastUsedFrom());
    return criteria;
  }
}
