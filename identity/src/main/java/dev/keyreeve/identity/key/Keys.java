package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.access.subject.Reach;
import dev.keyreeve.identity.access.AccessChanges;
import dev.keyreeve.identity.access.Alteration;
import dev.keyreeve.identity.access.Confirmed;
import dev.keyreeve.identity.access.Effective;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.platform.audit.Changes;
import dev.keyreeve.procedure.Actor;
import dev.keyreeve.procedure.Faults;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Peppers peppers;
  private final KeyRules rules;
  private final SecureRandom random;
  private final KeyViews views;
  private final KeyRenewal renewal;
  private final KeyRevocation revocation;

  /// @param catalogues the scopes of each API, by brand
  /// @param uses tells how much keys are used
  /// @param random makes ids and secrets
  public Keys(
      Jdbi jdbi,
      AccessChanges changes,
      Peppers peppers,
      Map<String, ScopeCatalogue> catalogues,
      KeyUses uses,
      SecureRandom random) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.peppers = peppers;
    this.random = random;
    this.rules = new KeyRules(catalogues);
    this.views = new KeyViews(uses);
    this.renewal = new KeyRenewal(peppers, rules, views, random);
    this.revocation = new KeyRevocation(jdbi, changes, uses, views);
  }

  /// Carries some work out once for all calls of one name, in the transaction of a change.
  @FunctionalInterface
  interface Once {
    Outcome<IssuedKey> of(Handle handle, String workspace, Supplier<Outcome<IssuedKey>> work);
  }

  /// Issues a key. Its secret is in this answer and never again.
  public Outcome<IssuedKey> issue(IssueKey wanted, Actor actor, Instant now) {
    return issue(wanted, Grantor.ofAll(actor), now, (_, _, work) -> work.get());
  }

  Outcome<IssuedKey> issue(IssueKey wanted, Grantor by, Instant now, Once once) {
    return changes
        .change(
            by.actor(),
            now,
            alteration ->
                KeyReach.workspace(alteration.handle(), wanted.workspaceId(), by)
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
      Alteration alteration, KeyWorkspace workspace, IssueKey wanted, Grantor by) {
    var now = alteration.now();
    var faults = new Faults();
    var api = rules.api(wanted.api(), faults);
    var environment = KeyRules.environment(wanted.environment(), workspace, faults);
    var scopes =
        api == null
            ? wanted.scopes()
            : rules.scopes(api, wanted.scopes(), by.authority(), List.of(), faults);
    var expiresAt = ExpiryDay.read(wanted.expiresOn(), wanted.expiresAt(), now, faults);
    KeyRules.notBefore(wanted.notBefore(), expiresAt, faults);
    var ipAllowList =
        IpAllowList.read(wanted.ipAllowList() == null ? List.of() : wanted.ipAllowList(), faults);
    return faults.or(
        () ->
            insert(
                alteration,
                KeyRow.issued(
                    KeyId.random(random),
                    workspace,
                    Objects.requireNonNull(api),
                    environment,
                    new KeyRow.Settings(
                        wanted.name(),
                        scopes,
                        wanted.rateLimit() == null ? DEFAULT_LIMIT : wanted.rateLimit(),
                        ipAllowList,
                        wanted.tags() == null ? List.of() : distinct(wanted.tags()),
                        expiresAt),
                    wanted.notBefore(),
                    KeyRow.Issue.by(by.actor(), now))));
  }

  private Outcome<IssuedKey> insert(Alteration alteration, KeyRow key) {
    var handle = alteration.handle();
    var token = KeyToken.issue(key.api(), key.environment(), key.id(), random);
    var pepper = peppers.newest();
    KeyStore.insert(handle, key, alteration.now());
    KeyStore.insertSecret(
        handle, key.id(), 1, pepper.digest(token), pepper.version(), alteration.now());
    KeyViews.record(alteration, key, "key.issued", Map.of("after", key.facts()));
    return Outcome.done(
        new IssuedKey(
            views.stored(alteration, key), new OneTime(token.secret().reveal()), null, false));
  }

  private static List<String> distinct(List<String> texts) {
    return texts.stream().distinct().toList();
  }

  /// The keys of a workspace, or of all, oldest first.
  public List<KeyView> list(@Nullable String workspace, Instant now) {
    return jdbi.withHandle(
        handle -> views.of(handle, KeyFilter.of(workspace), KeyFilter.Part.WHOLE, now));
  }

  /// A part of the keys of a workspace.
  ///
  /// @param named the session's own unless said; all, for the command line that names none
  Outcome<List<KeyView>> list(
      @Nullable String named, Grantor by, KeyFilter filter, KeyFilter.Part part, Instant now) {
    return jdbi.withHandle(
        handle ->
            named == null && by.reach() instanceof Reach.Everywhere
                ? Outcome.done(views.of(handle, filter, part, now))
                : KeyReach.workspace(handle, named, by)
                    .then(
                        workspace ->
                            Outcome.done(
                                views.of(handle, filter.within(workspace.id()), part, now))));
  }

  /// A key that is not hidden.
  public Outcome<KeyView> find(KeyId id, Instant now) {
    return find(id, Grantor.ofAll(Actor.SYSTEM), now);
  }

  Outcome<KeyView> find(KeyId id, Grantor by, Instant now) {
    return jdbi.withHandle(
        handle ->
            KeyReach.found(handle, id, by, now)
                .then(key -> Outcome.done(views.of(handle, List.of(key), now).getFirst())));
  }

  /// Changes what is named, and leaves the rest.
  Outcome<ChangedKey> update(UpdateKey wanted, Grantor by, Instant now) {
    return change(wanted.id(), by, now, (alteration, key) -> update(alteration, key, wanted, by))
        .then(Keys::changed);
  }

  private Outcome<KeyView> update(Alteration alteration, KeyRow key, UpdateKey wanted, Grantor by) {
    if (key.isRevoked()) return Outcome.refused(KeyRefusals.KEY_IS_REVOKED);

    var faults = new Faults();
    if (wanted.changesExpiry() && key.status() == KeyView.Status.EXPIRED) {
      faults.add(
          wanted.expiresOn() == null ? "expires_at" : "expires_on", KeyRefusals.KEY_IS_EXPIRED);
    }
    var expiresAt =
        wanted.changesExpiry()
            ? ExpiryDay.read(wanted.expiresOn(), wanted.expiresAt(), alteration.now(), faults)
            : key.expiresAt();
    KeyRules.notBefore(wanted.changesExpiry() ? key.notBefore() : null, expiresAt, faults);
    var settled =
        key.with(
            new KeyRow.Settings(
                wanted.name() == null ? key.name() : wanted.name(),
                wanted.scopes() == null
                    ? key.scopes()
                    : rules.scopes(
                        key.api(), wanted.scopes(), by.authority(), key.scopes(), faults),
                wanted.rateLimit() == null ? key.settings().rateLimit() : wanted.rateLimit(),
                wanted.ipAllowList() == null
                    ? key.settings().ipAllowList()
                    : IpAllowList.read(wanted.ipAllowList(), faults),
                wanted.tags() == null ? key.settings().tags() : distinct(wanted.tags()),
                expiresAt));
    var after = wanted.isActive() == null ? settled : settled.in(stateOf(wanted.isActive()));
    return faults.or(
        () ->
            Outcome.done(
                store(alteration, key, after, settled.equals(key) ? wordOf(after) : "updated")));
  }

  private static KeyState stateOf(boolean active) {
    return active ? KeyState.ACTIVE : KeyState.DEACTIVATED;
  }

  /// Moves a key to another state. A revoked key stays revoked.
  public Outcome<KeyView> become(KeyId id, KeyState state, Actor actor, Instant now) {
    return change(
            id,
            Grantor.ofAll(actor),
            now,
            (alteration, key) ->
                state == KeyState.REVOKED
                    ? Outcome.done(revoke(alteration, key, "unspecified"))
                    : become(alteration, key, state))
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  private Outcome<KeyView> become(Alteration alteration, KeyRow key, KeyState state) {
    if (key.isRevoked()) return Outcome.refused(KeyRefusals.KEY_IS_REVOKED);

    var after = key.in(state);
    return Outcome.done(store(alteration, key, after, wordOf(after)));
  }

  /// Ends a key for ever.
  Outcome<ChangedKey> revoke(KeyId id, @Nullable String reason, Grantor by, Instant now) {
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
  Outcome<ChangedKey> delete(KeyId id, Grantor by, Instant now) {
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
      KeyId id, Duration overlap, String word, Map<String, Object> facts, Grantor by, Instant now) {
    return change(
            id,
            by,
            now,
            (alteration, key) -> renewal.of(alteration, key, overlap, word, facts, by.authority()))
        .then(KeyRenewal::answer);
  }

  /// Revokes all keys that something fits, as one change with one entry in the record.
  Outcome<RevokedKeys> revoke(RevokeKeys wanted, Grantor by, Instant now) {
    return revocation.of(wanted, by, now);
  }

  /// What was done to a key, hidden or not.
  Outcome<KeyActivity> activity(KeyId id, KeyActivity.Part part, Grantor by, Instant now) {
    return jdbi.withHandle(
        handle ->
            KeyReach.known(handle, id, by, now)
                .then(
                    key ->
                        Outcome.done(
                            KeyActivity.of(
                                handle,
                                key,
                                views.of(handle, List.of(key), now).getFirst(),
                                part))));
  }

  private <T> Outcome<Confirmed<T>> change(
      KeyId id, Grantor by, Instant now, BiFunction<Alteration, KeyRow, Outcome<T>> work) {
    return changes.change(
        by.actor(),
        now,
        alteration ->
            KeyReach.found(alteration.handle(), id, by, now)
                .then(key -> work.apply(alteration, key)));
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
      KeyViews.record(alteration, after, "key." + verb, details);
    }
    return views.stored(alteration, after);
  }

  private static String wordOf(KeyRow key) {
    return switch (key.state()) {
      case ACTIVE -> "activated";
      case DEACTIVATED -> "deactivated";
      case REVOKED -> "revoked";
    };
  }
}
