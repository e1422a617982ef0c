package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.network.Cidr;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Confirmed;
import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.platform.audit.Changes;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The keys of all workspaces: issued, changed, renewed, ended. What is answered here holds on
/// every node.
public final class Keys {
  /// Calls a minute of a key whose issuer names no limit.
  static final int DEFAULT_LIMIT = 60;

  static final Reason NO_SUCH_KEY =
      new Reason(Code.NOT_FOUND, "key_not_found", "There is no such key.");
  static final Reason NO_SUCH_WORKSPACE =
      new Reason(Code.NOT_FOUND, "workspace_not_found", "There is no such workspace.");
  static final Reason KEY_IS_REVOKED =
      new Reason(Code.CONFLICT, "key_is_revoked", "A revoked key stays revoked.");
  static final Reason KEY_IS_EXPIRED =
      new Reason(
          Code.CONFLICT, "key_is_expired", "An expired key stays expired: issue another one.");

  private static final String WORKSPACE_ID = "workspace_id";

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Peppers peppers;
  private final KeyRules rules;
  private final KeyUses uses;
  private final SecureRandom random = new SecureRandom();

  /// Where nothing counts calls.
  ///
  /// @param catalogues the scopes of each API, by brand
  public Keys(
      Jdbi jdbi, AccessChanges changes, Peppers peppers, Map<String, ScopeCatalogue> catalogues) {
    this(jdbi, changes, peppers, catalogues, KeyUses.UNKNOWN);
  }

  /// @param catalogues the scopes of each API, by brand
  /// @param uses tells how much keys are used
  public Keys(
      Jdbi jdbi,
      AccessChanges changes,
      Peppers peppers,
      Map<String, ScopeCatalogue> catalogues,
      KeyUses uses) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.peppers = peppers;
    this.rules = new KeyRules(catalogues);
    this.uses = uses;
  }

  /// Carries some work out once for all calls of one name, in the transaction of a change.
  @FunctionalInterface
  interface Once {
    Outcome<IssuedKey> of(Handle handle, String workspace, Supplier<Outcome<IssuedKey>> work);
  }

  /// Issues a key. Its secret is in this answer and never again.
  public Outcome<IssuedKey> issue(IssueKey wanted, Actor actor, Instant now) {
    return issue(wanted, Authority.of(actor), now, (_, _, work) -> work.get());
  }

  Outcome<IssuedKey> issue(IssueKey wanted, Authority by, Instant now, Once once) {
    return changes
        .change(
            by.actor(),
            now,
            alteration ->
                workspace(alteration.handle(), wanted.workspaceId(), by)
                    .then(
                        workspace ->
                            once.of(
                                alteration.handle(),
                                workspace.id(),
                                () -> issue(alteration, workspace, wanted, by))))
        .then(
            confirmed -> {
              var issued = confirmed.value();
              return Outcome.done(
                  issued.replayed()
                      ? issued
                      : new IssuedKey(
                          issued.details(), issued.key(), Effective.of(confirmed), false));
            });
  }

  private Outcome<IssuedKey> issue(
      Alteration alteration, KeyStore.Workspace workspace, IssueKey wanted, Authority by) {
    var now = alteration.now();
    var faults = new Faults();
    var api = rules.api(wanted.api(), faults);
    var environment = KeyRules.environment(wanted.environment(), workspace, faults);
    var scopes =
        api == null
            ? wanted.scopes()
            : rules.scopes(api, wanted.scopes(), by.mayGrant(), List.of(), faults);
    var expiresAt = ExpiryDay.read(wanted.expiresOn(), wanted.expiresAt(), now, faults);
    KeyRules.notBefore(wanted.notBefore(), expiresAt, faults);
    var ipAllowList =
        IpAllowList.read(wanted.ipAllowList() == null ? List.of() : wanted.ipAllowList(), faults);
    return faults.or(
        () ->
            insert(
                alteration,
                new KeyRow(
                    KeyId.random(random),
                    workspace.organisation(),
                    workspace.id(),
                    Objects.requireNonNull(api),
                    environment,
                    wanted.name(),
                    scopes,
                    Key.State.ACTIVE,
                    KeyView.Status.ACTIVE,
                    wanted.rateLimit() == null ? DEFAULT_LIMIT : wanted.rateLimit(),
                    ipAllowList,
                    wanted.tags() == null ? List.of() : distinct(wanted.tags()),
                    wanted.notBefore(),
                    expiresAt,
                    now,
                    idOf(by.actor()),
                    by.actor().name(),
                    null,
                    null,
                    null,
                    null)));
  }

  private Outcome<IssuedKey> insert(Alteration alteration, KeyRow key) {
    var handle = alteration.handle();
    var token = KeyToken.issue(key.api(), key.environment(), key.id(), random);
    var pepper = peppers.newest();
    KeyStore.insert(handle, key, alteration.now());
    KeyStore.insertSecret(
        handle, key.id(), 1, pepper.digest(token), pepper.version(), alteration.now());
    record(alteration, key, "key.issued", Map.of("after", key.facts()));
    return Outcome.done(
        new IssuedKey(stored(alteration, key), new OneTime(token.secret().reveal()), null, false));
  }

  private static @Nullable String idOf(Actor actor) {
    return actor.id().isEmpty() ? actor.kind().name().toLowerCase(Locale.ROOT) : actor.id();
  }

  private static List<String> distinct(List<String> texts) {
    return texts.stream().distinct().toList();
  }

  /// The keys of a workspace, or of all, oldest first.
  public List<KeyView> list(@Nullable String workspace, Instant now) {
    return jdbi.withHandle(
        handle -> views(handle, KeyFilter.of(workspace), KeyFilter.Part.WHOLE, now));
  }

  /// A part of the keys of a workspace.
  ///
  /// @param named the session's own unless said; all, for the command line that names none
  Outcome<List<KeyView>> list(
      @Nullable String named, Authority by, KeyFilter filter, KeyFilter.Part part, Instant now) {
    return jdbi.withHandle(
        handle ->
            named == null && by.own() == null
                ? Outcome.done(views(handle, filter, part, now))
                : workspace(handle, named, by)
                    .then(
                        workspace ->
                            Outcome.done(views(handle, filter.within(workspace.id()), part, now))));
  }

  /// A key that is not hidden.
  public Outcome<KeyView> find(KeyId id, Instant now) {
    return find(id, Authority.of(Actor.SYSTEM), now);
  }

  Outcome<KeyView> find(KeyId id, Authority by, Instant now) {
    return jdbi.withHandle(
        handle ->
            found(handle, id, by, now)
                .then(key -> Outcome.done(views(handle, List.of(key), now).getFirst())));
  }

  /// Changes what is named, and leaves the rest.
  Outcome<ChangedKey> update(UpdateKey wanted, Authority by, Instant now) {
    return change(wanted.id(), by, now, (alteration, key) -> update(alteration, key, wanted, by))
        .then(Keys::changed);
  }

  private Outcome<KeyView> update(
      Alteration alteration, KeyRow key, UpdateKey wanted, Authority by) {
    if (key.isRevoked()) return Outcome.refused(KEY_IS_REVOKED);

    var faults = new Faults();
    if (wanted.changesExpiry() && key.status() == KeyView.Status.EXPIRED) {
      faults.add(wanted.expiresOn() == null ? "expires_at" : "expires_on", KEY_IS_EXPIRED);
    }
    var expiresAt =
        wanted.changesExpiry()
            ? ExpiryDay.read(wanted.expiresOn(), wanted.expiresAt(), alteration.now(), faults)
            : key.expiresAt();
    KeyRules.notBefore(wanted.changesExpiry() ? key.notBefore() : null, expiresAt, faults);
    var settled =
        key.with(
            wanted.name() == null ? key.name() : wanted.name(),
            wanted.scopes() == null
                ? key.scopes()
                : rules.scopes(key.api(), wanted.scopes(), by.mayGrant(), key.scopes(), faults),
            wanted.rateLimit() == null ? key.rateLimit() : wanted.rateLimit(),
            wanted.ipAllowList() == null
                ? key.ipAllowList()
                : IpAllowList.read(wanted.ipAllowList(), faults),
            wanted.tags() == null ? key.tags() : distinct(wanted.tags()),
            expiresAt);
    var after = wanted.isActive() == null ? settled : settled.in(stateOf(wanted.isActive()));
    return faults.or(
        () ->
            Outcome.done(
                store(alteration, key, after, settled.equals(key) ? wordOf(after) : "updated")));
  }

  private static Key.State stateOf(boolean active) {
    return active ? Key.State.ACTIVE : Key.State.DEACTIVATED;
  }

  /// Moves a key to another state. A revoked key stays revoked.
  public Outcome<KeyView> become(KeyId id, Key.State state, Actor actor, Instant now) {
    return change(
            id,
            Authority.of(actor),
            now,
            (alteration, key) ->
                state == Key.State.REVOKED
                    ? Outcome.done(revoke(alteration, key, "unspecified"))
                    : become(alteration, key, state))
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  private Outcome<KeyView> become(Alteration alteration, KeyRow key, Key.State state) {
    if (key.isRevoked()) return Outcome.refused(KEY_IS_REVOKED);

    var after = key.in(state);
    return Outcome.done(store(alteration, key, after, wordOf(after)));
  }

  /// Ends a key for ever.
  Outcome<ChangedKey> revoke(KeyId id, @Nullable String reason, Authority by, Instant now) {
    var because = reason == null ? "unspecified" : reason;
    return change(id, by, now, (alteration, key) -> Outcome.done(revoke(alteration, key, because)))
        .then(Keys::changed);
  }

  private KeyView revoke(Alteration alteration, KeyRow key, String reason) {
    return store(
        alteration,
        key,
        key.revoked(reason, alteration.now()),
        "revoked",
        Map.of("reason", reason));
  }

  /// Ends a key for ever and shows it no more. Its row stays, so that its id is never issued again.
  Outcome<ChangedKey> delete(KeyId id, Authority by, Instant now) {
    return change(
            id,
            by,
            now,
            (alteration, key) ->
                Outcome.done(
                    store(alteration, key, key.revoked("deleted", now).hidden(now), "deleted")))
        .then(Keys::changed);
  }

  /// Gives a key another secret, and ends the one before after a while.
  ///
  /// @param overlap for how long both work; none ends all others at once
  /// @param word what that is called in the record
  Outcome<RenewedKey> renew(
      KeyId id,
      Duration overlap,
      String word,
      Map<String, Object> facts,
      Authority by,
      Instant now) {
    return change(
            id, by, now, (alteration, key) -> renew(alteration, key, overlap, word, facts, by))
        .then(
            confirmed -> {
              var renewal = confirmed.value();
              return Outcome.done(
                  new RenewedKey(
                      renewal.key(),
                      new OneTime(renewal.token().secret().reveal()),
                      Effective.of(confirmed),
                      renewal.oldEnd(),
                      renewal.dropped()));
            });
  }

  private record Renewal(
      KeyView key, KeyToken token, @Nullable Instant oldEnd, List<Integer> dropped) {}

  private Outcome<Renewal> renew(
      Alteration alteration,
      KeyRow key,
      Duration overlap,
      String word,
      Map<String, Object> facts,
      Authority by) {
    if (key.isRevoked()) return Outcome.refused(KEY_IS_REVOKED);
    if (key.status() == KeyView.Status.EXPIRED) return Outcome.refused(KEY_IS_EXPIRED);
    if (!rules.mayGrant(key, by.mayGrant())) return Outcome.refused(KeyRules.SCOPE_NOT_HELD);

    var handle = alteration.handle();
    var now = alteration.now();
    var living = KeyStore.secrets(handle, List.of(key.id()), now);
    int newest = living.stream().mapToInt(KeyRow.Secret::number).max().orElse(0);
    var oldEnd = earlier(now.plus(overlap), key.expiresAt());
    boolean overlaps = oldEnd.isAfter(now);
    var dropped =
        living.stream()
            .map(KeyRow.Secret::number)
            .filter(number -> !overlaps || number < newest)
            .sorted()
            .toList();

    KeyStore.deleteSecrets(handle, key.id(), overlaps ? newest : newest + 1);
    if (overlaps) KeyStore.endSecret(handle, key.id(), newest, oldEnd);
    var token = KeyToken.issue(key.api(), key.environment(), key.id(), random);
    var pepper = peppers.newest();
    KeyStore.insertSecret(
        handle, key.id(), newest + 1, pepper.digest(token), pepper.version(), now);

    var details = new LinkedHashMap<>(facts);
    details.put("new_secret", newest + 1);
    details.put("dropped_secrets", dropped);
    if (overlaps) details.put("old_secret_ends_at", oldEnd.toString());
    record(alteration, key, "key." + word, details);
    return Outcome.done(
        new Renewal(stored(alteration, key), token, overlaps ? oldEnd : null, dropped));
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  /// Revokes all keys that something fits, as one change with one entry in the record.
  Outcome<RevokedKeys> revoke(RevokeKeys wanted, Authority by, Instant now) {
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
                                  views(handle, meant.keys(), now),
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

  private record Meant(KeyStore.Workspace workspace, List<KeyRow> keys) {}

  private Outcome<Meant> meant(Handle handle, RevokeKeys wanted, Authority by, Instant now) {
    var faults = new Faults();
    var from = range(wanted.lastUsedFrom(), faults);
    return faults.or(
        () ->
            workspace(handle, wanted.workspaceId(), by)
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
      alteration.touches(Alteration.Kind.KEY, key.id().toString());
      revoked.add(KeyStore.find(handle, key.id(), now).orElseThrow());
    }
    var details = criteria(wanted);
    details.put("reason", reason);
    details.put("keys", meant.keys().stream().map(key -> key.id().toString()).toList());
    alteration.records(
        meant.workspace().organisation(),
        KeyActivity.REVOKED_TOGETHER,
        new Target("workspace", meant.workspace().id()),
        details);
    return views(handle, revoked, now);
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

  /// What was done to a key, hidden or not.
  Outcome<KeyActivity> activity(KeyId id, KeyActivity.Part part, Authority by, Instant now) {
    return jdbi.withHandle(
        handle ->
            known(handle, id, by, now)
                .then(
                    key ->
                        Outcome.done(
                            KeyActivity.of(
                                handle, key, views(handle, List.of(key), now).getFirst(), part))));
  }

  /// The workspace that is meant. One that is not known of is answered like one that is not there.
  private static Outcome<KeyStore.Workspace> workspace(
      Handle handle, @Nullable String named, Authority by) {
    var faults = new Faults();
    var found =
        Optional.ofNullable(named == null ? by.own() : named)
            .filter(by.reaches())
            .flatMap(id -> KeyStore.workspace(handle, id));
    if (named == null && by.own() == null) {
      faults.add(WORKSPACE_ID, Reasons.INVALID_INPUT, "required", "This is required.");
    } else if (found.isEmpty()) {
      faults.add(WORKSPACE_ID, NO_SUCH_WORKSPACE);
    }
    return faults.or(() -> Outcome.done(found.orElseThrow()));
  }

  /// A key that is not hidden and that may be known of.
  private static Outcome<KeyRow> found(Handle handle, KeyId id, Authority by, Instant now) {
    return known(handle, id, by, now)
        .then(key -> key.deletedAt() == null ? Outcome.done(key) : Outcome.refused(NO_SUCH_KEY));
  }

  private static Outcome<KeyRow> known(Handle handle, KeyId id, Authority by, Instant now) {
    return KeyStore.find(handle, id, now)
        .filter(key -> by.reaches().test(key.workspace()))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_KEY));
  }

  private <T> Outcome<Confirmed<T>> change(
      KeyId id, Authority by, Instant now, BiFunction<Alteration, KeyRow, Outcome<T>> work) {
    return changes.change(
        by.actor(),
        now,
        alteration ->
            found(alteration.handle(), id, by, now).then(key -> work.apply(alteration, key)));
  }

  private static Outcome<ChangedKey> changed(Confirmed<KeyView> confirmed) {
    return Outcome.done(new ChangedKey(confirmed.value(), Effective.of(confirmed)));
  }

  private KeyView store(Alteration alteration, KeyRow before, KeyRow after, String verb) {
    return store(alteration, before, after, verb, Map.of());
  }

  /// @param verb what was done to the key, for the record
  /// @param facts to be recorded beside what is different
  private KeyView store(
      Alteration alteration, KeyRow before, KeyRow after, String verb, Map<String, Object> facts) {
    if (!after.equals(before)) {
      KeyStore.update(alteration.handle(), after, alteration.now());
      var details = new LinkedHashMap<>(Changes.between(before.facts(), after.facts()));
      details.putAll(facts);
      record(alteration, after, "key." + verb, details);
    }
    return stored(alteration, after);
  }

  private static void record(
      Alteration alteration, KeyRow key, String action, Map<String, Object> details) {
    alteration.touches(Alteration.Kind.KEY, key.id().toString());
    alteration.records(key.organisation(), action, Target.key(key.id().toString()), details);
  }

  private KeyView stored(Alteration alteration, KeyRow key) {
    var handle = alteration.handle();
    var row = KeyStore.find(handle, key.id(), alteration.now()).orElseThrow();
    return views(handle, List.of(row), alteration.now()).getFirst();
  }

  private List<KeyView> views(Handle handle, KeyFilter filter, KeyFilter.Part part, Instant now) {
    return views(handle, KeyStore.list(handle, filter, part, now), now);
  }

  private List<KeyView> views(Handle handle, List<KeyRow> keys, Instant now) {
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

  private static String wordOf(KeyRow key) {
    return switch (key.state()) {
      case ACTIVE -> "activated";
      case DEACTIVATED -> "deactivated";
      case REVOKED -> "revoked";
    };
  }
}
