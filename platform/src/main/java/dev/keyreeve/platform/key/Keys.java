package dev.keyreeve.platform.key;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Peppers;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.platform.access.AccessChanges;
import dev.keyreeve.platform.access.Alteration;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.platform.audit.Target;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The keys of all workspaces: issued, found, deactivated, activated, revoked. What is answered
/// here holds on this node.
public final class Keys {
  /// Calls a minute of a key whose issuer names no limit.
  static final int DEFAULT_LIMIT = 60;

  static final Reason NO_SUCH_KEY =
      new Reason(Code.NOT_FOUND, "key_not_found", "There is no such key.");
  static final Reason NO_SUCH_WORKSPACE =
      new Reason(Code.NOT_FOUND, "workspace_not_found", "There is no such workspace.");
  static final Reason NO_SUCH_API =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_api", "No API has this brand.");
  static final Reason NO_SUCH_SCOPE =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_scope", "The API has no such scope.");
  static final Reason WRONG_ENVIRONMENT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "wrong_environment",
          "A sandbox workspace has test keys, and any other has live keys.");
  static final Reason EXPIRY_PASSED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT, "expiry_passed", "A key cannot expire before it is issued.");
  static final Reason KEY_IS_REVOKED =
      new Reason(Code.CONFLICT, "key_is_revoked", "A revoked key stays revoked.");

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Peppers peppers;
  private final Map<String, ScopeCatalogue> catalogues;
  private final SecureRandom random = new SecureRandom();

  /// @param catalogues the scopes of each API, by brand
  public Keys(
      Jdbi jdbi, AccessChanges changes, Peppers peppers, Map<String, ScopeCatalogue> catalogues) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.peppers = peppers;
    this.catalogues = Map.copyOf(catalogues);
  }

  /// Issues a key. Its secret is in this answer and never again.
  public Outcome<IssuedKey> issue(IssueKey wanted, Actor actor, Instant now) {
    var catalogue = catalogues.get(wanted.api());
    if (catalogue == null) {
      return Outcome.refused(NO_SUCH_API, Map.of("apis", List.copyOf(catalogues.keySet())));
    }
    for (var scope : wanted.scopes()) {
      if (!catalogue.contains(scope)) return refusal(scope, catalogue);
    }
    if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
      return Outcome.refused(EXPIRY_PASSED);
    }
    var id = KeyId.random(random);
    return changes
        .change(actor, now, alteration -> insert(alteration, id, wanted))
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  private static Outcome<IssuedKey> refusal(Scope unknown, ScopeCatalogue catalogue) {
    var scopes = catalogue.entries().stream().map(entry -> entry.scope().token()).toList();
    return Outcome.refused(NO_SUCH_SCOPE, Map.of("scope", unknown.token(), "scopes", scopes));
  }

  private Outcome<IssuedKey> insert(Alteration alteration, KeyId id, IssueKey wanted) {
    var handle = alteration.handle();
    var now = alteration.now();
    var workspace = KeyStore.workspace(handle, wanted.workspaceId());
    if (workspace.isEmpty()) {
      return Outcome.refused(NO_SUCH_WORKSPACE);
    }
    var environment = workspace.get().environment();
    if (wanted.environment() != null && wanted.environment() != environment) {
      return Outcome.refused(WRONG_ENVIRONMENT);
    }
    var token = KeyToken.issue(wanted.api(), environment, id, random);
    int limit = wanted.limit() == null ? DEFAULT_LIMIT : wanted.limit();
    var pepper = peppers.newest();
    KeyStore.insert(handle, id, wanted, environment, limit, now);
    KeyStore.insertSecret(handle, id, pepper.digest(token), pepper.version(), now);
    alteration.touches(Alteration.Kind.KEY, id.toString());
    alteration.records(
        workspace.get().organisation(),
        "key.issued",
        Target.key(id.toString()),
        Map.of("name", wanted.name(), "scopes", wanted.scopes().toString(), "limit", limit));
    var view = KeyStore.find(handle, id, now).orElseThrow();
    return Outcome.done(new IssuedKey(view, new OneTime(token.secret().reveal())));
  }

  /// The keys of a workspace, or of all, oldest first.
  public List<KeyView> list(@Nullable String workspace, Instant now) {
    return jdbi.withHandle(handle -> KeyStore.list(handle, workspace, now));
  }

  Outcome<KeyView> find(KeyId id, Instant now) {
    return jdbi.withHandle(handle -> KeyStore.find(handle, id, now))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_KEY));
  }

  /// Moves a key to another state. A revoked key stays revoked.
  public Outcome<KeyView> become(KeyId id, Key.State state, Actor actor, Instant now) {
    return changes
        .change(actor, now, alteration -> become(alteration, id, state))
        .then(confirmed -> Outcome.done(confirmed.value()));
  }

  private static Outcome<KeyView> become(Alteration alteration, KeyId id, Key.State state) {
    var handle = alteration.handle();
    var organisation = KeyStore.organisationOf(handle, id);
    if (organisation.isEmpty()) return Outcome.refused(NO_SUCH_KEY);
    if (!KeyStore.become(handle, id, state, alteration.now())) {
      return Outcome.refused(KEY_IS_REVOKED);
    }
    alteration.touches(Alteration.Kind.KEY, id.toString());
    alteration.records(
        organisation.get(), "key." + wordOf(state), Target.key(id.toString()), Map.of());
    return Outcome.done(KeyStore.find(handle, id, alteration.now()).orElseThrow());
  }

  private static String wordOf(Key.State state) {
    return switch (state) {
      case ACTIVE -> "activated";
      case DEACTIVATED -> "deactivated";
      case REVOKED -> "revoked";
    };
  }
}
