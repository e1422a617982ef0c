package dev.keyreeve.platform.key;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Procedure.mutation;
import static dev.keyreeve.procedure.Procedure.query;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.access.subject.Key;
import dev.keyreeve.platform.audit.Actor;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The life of keys, for operators.
public final class KeyProcedures {
  private final Keys keys;

  public KeyProcedures(Keys keys) {
    this.keys = keys;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("keys.issue", signedIn(Role.ADMIN), post("/keys"))
            .about("Issues a key. Its secret is in this answer and never again.")
            .takes(IssueKey.class)
            .gives(IssuedKey.class)
            .refuses(
                Keys.NO_SUCH_WORKSPACE,
                Keys.NO_SUCH_API,
                Keys.NO_SUCH_SCOPE,
                Keys.WRONG_ENVIRONMENT,
                Keys.EXPIRY_PASSED)
            .by(call -> keys.issue(call.input(), Actor.of(call.caller()), call.at())),
        query("keys.list", signedIn(Role.VIEWER), get("/keys"))
            .about("Lists the keys of a workspace, oldest first.")
            .takes(ListKeys.class)
            .gives(KeyList.class)
            .by(this::list),
        query("keys.get", signedIn(Role.VIEWER), get("/keys/{id}"))
            .about("Shows a key.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(Keys.NO_SUCH_KEY)
            .by(call -> keys.find(call.input().id(), call.at())),
        mutation("keys.deactivate", signedIn(Role.ADMIN), post("/keys/{id}/deactivate"))
            .about("Stops a key until it is activated again; its calls are answered 403 meanwhile.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(Keys.NO_SUCH_KEY, Keys.KEY_IS_REVOKED)
            .by(call -> become(call, Key.State.DEACTIVATED)),
        mutation("keys.activate", signedIn(Role.ADMIN), post("/keys/{id}/activate"))
            .about("Lets a deactivated key work again.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(Keys.NO_SUCH_KEY, Keys.KEY_IS_REVOKED)
            .by(call -> become(call, Key.State.ACTIVE)),
        mutation("keys.revoke", signedIn(Role.ADMIN), post("/keys/{id}/revoke"))
            .about("Ends a key for ever. When this is answered, no call with it is permitted.")
            .takes(OneKey.class)
            .gives(KeyView.class)
            .refuses(Keys.NO_SUCH_KEY)
            .by(call -> become(call, Key.State.REVOKED)));
  }

  record OneKey(KeyId id) {}

  /// @param workspaceId all workspaces if there is none
  record ListKeys(@Nullable @Text(max = 40) String workspaceId) {}

  record KeyList(List<KeyView> items) {}

  private Outcome<KeyList> list(Call<ListKeys, KeyList> call) {
    return Outcome.done(new KeyList(keys.list(call.input().workspaceId(), call.at())));
  }

  private Outcome<KeyView> become(Call<OneKey, KeyView> call, Key.State state) {
    return keys.become(call.input().id(), state, Actor.of(call.caller()), call.at());
  }
}
