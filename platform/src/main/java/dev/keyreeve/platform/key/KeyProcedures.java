package dev.keyreeve.platform.key;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Procedure.mutation;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.Pepper;
import dev.keyreeve.access.scope.ScopeCatalogue;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.access.subject.Role;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.OneTime;
import dev.keyreeve.procedure.shape.Text;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The life of keys, for operators.
public final class KeyProcedures {
  /// Calls a minute of a key whose issuer names no limit.
  static final int DEFAULT_LIMIT = 60;

  private static final Reason NO_SUCH_KEY =
      new Reason(Code.NOT_FOUND, "key_not_found", "There is no such key.");
  private static final Reason NO_SUCH_WORKSPACE =
      new Reason(Code.NOT_FOUND, "workspace_not_found", "There is no such workspace.");
  private static final Reason NO_SUCH_API =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_api", "No API has this brand.");
  private static final Reason NO_SUCH_SCOPE =
      new Reason(Code.UNPROCESSABLE_CONTENT, "unknown_scope", "The API has no such scope.");
  private static final Reason WRONG_ENVIRONMENT =
      new Reason(
          Code.UNPROCESSABLE_CONTENT,
          "wrong_environment",
          "A sandbox workspace has test keys, and any other has live keys.");
  private static final Reason EXPIRY_PASSED =
      new Reason(
          Code.UNPROCESSABLE_CONTENT, "expiry_passed", "A key cannot expire before it is issued.");
  private static final Reason KEY_IS_REVOKED =
      new Reason(Code.CONFLICT, "key_is_revoked", "A revoked key stays revoked.");

  private final Jdbi jdbi;
  private final AccessChanges changes;
  private final Pepper pepper;
  private final Map<String, ScopeCatalogue> catalogues;
  private final SecureRandom random = new SecureRandom();

  /// @param catalogues the scopes of each API, by brand
  public KeyProcedures(
      Jdbi jdbi, AccessChanges changes, Pepper pepper, Map<String, ScopeCatalogue> catalogues) {
    this.jdbi = jdbi;
    this.changes = changes;
    this.pepper = pepper;
    this.catalogues = Map.copyOf(catalogues);
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("keys.issue", signedIn(Role.ADMIN), post("/keys"))
            .about("Issues a key. Its secret is in this answer and never again.")
            .takes(IssueKey.class)
            .gives(IssuedKey.class)
            .refuses(
                NO_SUCH_WORKSPACE, NO_SUCH_API, NO_SUCH_SCOPE, WRONG_ENVIRONMENT, EXPIRY_PASSED)
            .by(this::issue),
        query("keys.list", signedIn(Role.VIEWER), get("/keys"))
            .about("Lists the keys of a workspace, oldest first.")
            .takes(ListKeys.class)
            .gives(KeyList.class)
            .by(this::list),
        query("keys.get", signedIn(Role.VIEWER), get("/keys/{id}"))
            .about("Shows a key.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(NO_SUCH_KEY)
            .by(this::find),
        mutation("keys.deactivate", signedIn(Role.ADMIN), post("/keys/{id}/deactivate"))
            .about("Stops a key until it is activated again; its calls are answered 403 meanwhile.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(NO_SUCH_KEY, KEY_IS_REVOKED)
            .by(call -> become(call, Key.State.DEACTIVATED)),
        mutation("keys.activate", signedIn(Role.ADMIN), post("/keys/{id}/activate"))
            .about("Lets a deactivated key work again.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(NO_SUCH_KEY, KEY_IS_REVOKED)
            .by(call -> become(call, Key.State.ACTIVE)),
        mutation("keys.revoke", signedIn(Role.ADMIN), post("/keys/{id}/revoke"))
            .about("Ends a key for ever. When this is answered, no call with it is permitted.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(NO_SUCH_KEY, KEY_IS_REVOKED)
            .by(call -> become(call, Key.State.REVOKED)));
  }

  record OneKey(KeyId id) {}

  /// @param workspaceId all workspaces if there is none
  record ListKeys(@Nullable @Text(max = 40) String workspaceId) {}

  record KeyList(List<KeyView> items) {}

  private Outcome<IssuedKey> issue(Call<IssueKey, IssuedKey> call) {
    var input = call.input();
    var catalogue = catalogues.get(input.api());
    if (catalogue == null) {
      return Outcome.refused(NO_SUCH_API, Map.of("apis", List.copyOf(catalogues.keySet())));
    }
    for (var scope : input.scopes()) {
      if (!catalogue.contains(scope)) {
        return Outcome.refused(
            NO_SUCH_SCOPE,
            Map.of(
                "scope",
                scope.token(),
                "scopes",
                catalogue.entries().stream()
                    .map(entry -> entry.scope().token())
                    .collect(Collectors.toList())));
      }
    }
    if (input.expiresAt() != null && !input.expiresAt().isAfter(call.at())) {
      return Outcome.refused(EXPIRY_PASSED);
    }
    var id = KeyId.random(random);
    return changes.change(
        AccessChanges.Kind.KEY, id.toString(), handle -> insert(handle, id, call));
  }

  private Outcome<IssuedKey> insert(Handle handle, KeyId id, Call<IssueKey, IssuedKey> call) {
    var input = call.input();
    var environment =
        handle
            .createQuery("select environment from workspace where id = :id")
            .bind("id", input.workspaceId())
            .mapTo(String.class)
            .findOne()
            .map(Environment::parse);
    if (environment.isEmpty()) {
      return Outcome.refused(NO_SUCH_WORKSPACE);
    }
    if (input.environment() != null && input.environment() != environment.get()) {
      return Outcome.refused(WRONG_ENVIRONMENT);
    }
    var token = KeyToken.issue(input.api(), environment.get(), id, random);
    int limit = input.limit() == null ? DEFAULT_LIMIT : input.limit();
    KeyStore.insert(handle, id, input, environment.get(), limit, call.at());
    KeyStore.insertSecret(handle, id, pepper.digest(token), pepper.version(), call.at());
    var view = KeyStore.find(handle, id, call.at()).orElseThrow();
    return Outcome.done(new IssuedKey(view, new OneTime(token.secret().reveal())));
  }

  private Outcome<KeyList> list(Call<ListKeys, KeyList> call) {
    return Outcome.done(
        new KeyList(
            jdbi.withHandle(
                handle -> KeyStore.list(handle, call.input().workspaceId(), call.at()))));
  }

  private Outcome<KeyView> find(Call<OneKey, KeyView> call) {
    return jdbi.withHandle(handle -> KeyStore.find(handle, call.input().id(), call.at()))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_KEY));
  }

  private Outcome<KeyView> become(Call<OneKey, KeyView> call, Key.State state) {
    var id = call.input().id();
    return changes.change(
        AccessChanges.Kind.KEY,
        id.toString(),
        handle -> {
          boolean moved = KeyStore.become(handle, id, state, call.at());
          return KeyStore.find(handle, id, call.at())
              .map(view -> moved ? Outcome.done(view) : Outcome.<KeyView>refused(KEY_IS_REVOKED))
              .orElseGet(() -> Outcome.refused(NO_SUCH_KEY));
        });
  }
}
