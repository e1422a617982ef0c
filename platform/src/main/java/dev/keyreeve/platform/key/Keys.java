package dev.keyreeve.platform.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.OneTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
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
  private final Pepper pepper;
  private final Map<String, ScopeCatalogue> catalogues;
  private final SecureRandom random = new SecureRandom();

  /// @param catalogues the scopes of each API, by brand
  public Keys(
      Jdbi jdbi, AccessChanges changes, Pepper pepper, Map<String, ScopeCatalogue> catalogues) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.pepper = pepper;
    this.catalogues = Map.copyOf(catalogues);
  }

  /// Issues a key. Its secret is in this answer and never again.
  public Outcome<IssuedKey> issue(IssueKey wanted, Instant now) {
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
    return changes.change(
        AccessChanges.Kind.KEY, id.toString(), handle -> insert(handle, id, wanted, now));
  }

  private static Outcome<IssuedKey> refusal(Scope unknown, ScopeCatalogue catalogue) {
    var scopes = catalogue.entries().stream().map(entry -> entry.scope().token()).toList();
    return Outcome.refused(NO_SUCH_SCOPE, Map.of("scope", unknown.token(), "scopes", scopes));
  }

  private Outcome<IssuedKey> insert(Handle handle, KeyId id, IssueKey wanted, Instant now) {
    var environment =
        handle
            .createQuery("select environment from workspace where id = :id")
            .bind("id", wanted.workspaceId())
            .mapTo(String.class)
            .findOne()
            .map(Environment::parse);
    if (environment.isEmpty()) {
      return Outcome.refused(NO_SUCH_WORKSPACE);
    }
    if (wanted.environment() != null && wanted.environment() != environment.get()) {
      return Outcome.refused(WRONG_ENVIRONMENT);
    }
    var token = KeyToken.issue(wanted.api(), environment.get(), id, random);
    int limit = wanted.limit() == null ? DEFAULT_LIMIT : wanted.limit();
    KeyStore.insert(handle, id, wanted, environment.get(), limit, now);
    KeyStore.insertSecret(handle, id, pepper.digest(token), pepper.version(), now);
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
  public Outcome<KeyView> become(KeyId id, Key.State state, Instant now) {
    return changes.change(
        AccessChanges.Kind.KEY,
        id.toString(),
        handle -> {
          boolean moved = KeyStore.become(handle, id, state, now);
          return KeyStore.find(handle, id, now)
              .map(view -> moved ? Outcome.done(view) : Outcome.<KeyView>refused(KEY_IS_REVOKED))
              .orElseGet(() -> Outcome.refused(NO_SUCH_KEY));
        });
  }
}
