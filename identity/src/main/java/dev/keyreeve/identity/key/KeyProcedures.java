package dev.keyreeve.identity.key;

import static dev.keyreeve.access.decision.Requirement.signedIn;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Declaration.query;
import static dev.keyreeve.procedure.Route.delete;
import static dev.keyreeve.procedure.Route.get;
import static dev.keyreeve.procedure.Route.post;
import static dev.keyreeve.procedure.Route.put;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.scope.Role;
import dev.keyreeve.identity.access.Grantor;
import dev.keyreeve.identity.organisation.IpAllowList;
import dev.keyreeve.platform.page.Cursor;
import dev.keyreeve.platform.page.Page;
import dev.keyreeve.platform.tenancy.Reached;
import dev.keyreeve.platform.tenancy.Tenancy;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Declared;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The life of keys, for operators. A session knows of the keys of its workspace alone.
public final class KeyProcedures {
  private static final Cursor LIST = new Cursor("keys");
  private static final Cursor ACTIVITY = new Cursor("activity");

  static final Declared<ListKeys, KeyPage> KEYS_LIST =
      query("keys.list", signedIn(Role.VIEWER), get("/keys"))
          .about("Lists the keys of a workspace, newest first unless said otherwise.")
          .takes(ListKeys.class)
          .gives(KeyPage.class)
          .refuses(Reached.WORKSPACE_NOT_FOUND, Cursor.INVALID);

  static final Declared<IssueKey, IssuedKey> KEYS_ISSUE =
      mutation("keys.issue", signedIn(Role.ADMIN), post("/keys"))
          .about("Issues a key. Its text is in this answer and never again.")
          .takes(IssueKey.class)
          .gives(IssuedKey.class)
          .refuses(KeyRules.OF_FIELDS)
          .refuses(Reached.WORKSPACE_NOT_FOUND, KeyRules.NO_SUCH_API, KeyRules.WRONG_ENVIRONMENT);

  static final Declared<OneKey, KeyView> KEYS_GET =
      query("keys.get", signedIn(Role.VIEWER), get("/keys/{id}"))
          .about("Shows a key.")
          .takes(OneKey.class)
          .gives(KeyView.class)
          .refuses(KeyRefusals.NO_SUCH_KEY);

  static final Declared<UpdateKey, ChangedKey> KEYS_UPDATE =
      mutation("keys.update", signedIn(Role.ADMIN), put("/keys/{id}"))
          .about("Changes a key in use; what is absent stays. A deactivated key is answered 403.")
          .takes(UpdateKey.class)
          .gives(ChangedKey.class)
          .refuses(KeyRules.OF_FIELDS)
          .refuses(KeyRefusals.NO_SUCH_KEY, KeyRefusals.KEY_IS_REVOKED, KeyRefusals.KEY_IS_EXPIRED);

  static final Declared<OneKey, ChangedKey> KEYS_DELETE =
      mutation("keys.delete", signedIn(Role.ADMIN), delete("/keys/{id}"))
          .about("Ends a key for ever and shows it no more. Its id is never issued again.")
          .takes(OneKey.class)
          .gives(ChangedKey.class)
          .refuses(KeyRefusals.NO_SUCH_KEY);

  static final Declared<OneKey, RenewedKey> KEYS_REGENERATE =
      mutation("keys.regenerate", signedIn(Role.ADMIN), post("/keys/{id}/regenerate"))
          .about("Gives a key another secret; every old one is dead when this is answered.")
          .takes(OneKey.class)
          .gives(RenewedKey.class)
          .refuses(
              KeyRefusals.NO_SUCH_KEY,
              KeyRefusals.KEY_IS_REVOKED,
              KeyRefusals.KEY_IS_EXPIRED,
              KeyRules.SCOPE_NOT_HELD);

  static final Declared<RotateKey, RenewedKey> KEYS_ROTATE =
      mutation("keys.rotate", signedIn(Role.ADMIN), post("/keys/{id}/rotate"))
          .about("Gives a key another secret, beside which the old one works for a while.")
          .takes(RotateKey.class)
          .gives(RenewedKey.class)
          .refuses(
              KeyRefusals.NO_SUCH_KEY,
              KeyRefusals.KEY_IS_REVOKED,
              KeyRefusals.KEY_IS_EXPIRED,
              KeyRules.SCOPE_NOT_HELD);

  static final Declared<ActivityOf, KeyActivity> KEYS_ACTIVITY =
      query("keys.activity", signedIn(Role.VIEWER), get("/keys/{id}/activity"))
          .about("Tells what was done to a key, newest first; of a deleted one too.")
          .takes(ActivityOf.class)
          .gives(KeyActivity.class)
          .refuses(KeyRefusals.NO_SUCH_KEY, Cursor.INVALID);

  static final Declared<RevokeKey, ChangedKey> KEYS_REVOKE =
      mutation("keys.revoke", signedIn(Role.ADMIN), post("/keys/{id}/revoke"))
          .about("Ends a key for ever. When this is answered, no call with it is permitted.")
          .takes(RevokeKey.class)
          .gives(ChangedKey.class)
          .refuses(KeyRefusals.NO_SUCH_KEY);

  static final Declared<RevokeKeys, RevokedKeys> KEYS_REVOKE_MANY =
      mutation("keys.revokeMany", signedIn(Role.ADMIN), post("/keys/revoke"))
          .about("Ends all keys that somebody created, or that something else fits, at once.")
          .takes(RevokeKeys.class)
          .gives(RevokedKeys.class)
          .refuses(Reached.WORKSPACE_NOT_FOUND, Reasons.INVALID_INPUT, IpAllowList.BAD_RANGE);

  private final Keys keys;
  private final Tenancy tenancy;

  /// @param tenancy knows calls that name themselves
  public KeyProcedures(Keys keys, Tenancy tenancy) {
    this.keys = keys;
    this.tenancy = tenancy;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        KEYS_LIST.by(this::list),
        KEYS_ISSUE.by(this::issue),
        KEYS_GET.by(call -> keys.find(call.input().id(), by(call), call.at())),
        KEYS_UPDATE.by(call -> keys.update(call.input(), by(call), call.at())),
        KEYS_DELETE.by(call -> keys.delete(call.input().id(), by(call), call.at())),
        KEYS_REGENERATE.by(
            call ->
                keys.renew(
                    call.input().id(),
                    Duration.ZERO,
                    "regenerated",
                    Map.of(),
                    by(call),
                    call.at())),
        KEYS_ROTATE.by(this::rotate),
        KEYS_ACTIVITY.by(this::activity),
        KEYS_REVOKE.by(
            call -> keys.revoke(call.input().id(), call.input().reason(), by(call), call.at())),
        KEYS_REVOKE_MANY.by(call -> keys.revoke(call.input(), by(call), call.at())));
  }

  record OneKey(KeyId id) {}

  /// @param reason for the record
  @SnakeCase
  record RevokeKey(KeyId id, @Nullable @Text(max = 200, plain = true) String reason) {}

  /// @param limit 50 unless said
  /// @param cursor the `next_cursor` of the page before
  @SnakeCase
  record ActivityOf(
      KeyId id,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 100) String cursor) {}

  /// In which order of issue.
  enum Order {
    NEWEST,
    OLDEST
  }

  /// @param workspaceId the session's own unless said; the command line sees all if it names none
  /// @param createdBy e-mail or id of the person who issued them
  /// @param order newest first unless said
  /// @param limit 50 unless said
  /// @param cursor the `next_cursor` of the page before, which had the same order
  @SnakeCase
  record ListKeys(
      @Nullable @Text(max = 40) String workspaceId,
      KeyView.@Nullable Status status,
      @Nullable @Text(max = 50) String tag,
      @Nullable @Text(max = 254) String createdBy,
      @Nullable Order order,
      @Nullable @Range(min = 1, max = 200) Integer limit,
      @Nullable @Text(max = 200) String cursor) {}

  /// @param nextCursor names the next page; absent on the last
  @SnakeCase
  record KeyPage(List<KeyView> items, @Nullable String nextCursor) {}

  private static Grantor by(Call<?, ?> call) {
    return Grantor.of(call.caller());
  }

  private Outcome<KeyPage> list(Call<ListKeys, KeyPage> call) {
    var input = call.input();
    int limit = Page.limit(input.limit());
    var filter =
        new KeyFilter(null, input.status(), input.tag(), input.createdBy(), null, null, true);
    return LIST.read(input.cursor(), KeyFilter.Place::parse)
        .then(
            after ->
                keys.list(
                    input.workspaceId(),
                    by(call),
                    filter,
                    new KeyFilter.Part(
                        input.order() != Order.OLDEST, after.orElse(null), limit + 1),
                    call.at()))
        .then(
            found -> {
              var page =
                  Page.of(found, limit, key -> LIST.after(KeyFilter.Place.of(key).toString()));
              return Outcome.done(new KeyPage(page.items(), page.nextCursor()));
            });
  }

  private Outcome<IssuedKey> issue(Call<IssueKey, IssuedKey> call) {
    var name = call.input().idempotencyKey();
    return keys.issue(
        call.input(),
        by(call),
        call.at(),
        (handle, workspace, work) ->
            name == null ? work.get() : tenancy.once(handle, workspace, call, name, work));
  }

  private Outcome<RenewedKey> rotate(Call<RotateKey, RenewedKey> call) {
    var input = call.input();
    var reason = input.reason() == null ? RotateKey.Cause.SCHEDULED : input.reason();
    return keys.renew(
        input.id(),
        input.overlap(),
        "rotated",
        Map.of("reason", reason.name().toLowerCase(Locale.ROOT)),
        by(call),
        call.at());
  }

  private Outcome<KeyActivity> activity(Call<ActivityOf, KeyActivity> call) {
    var input = call.input();
    return ACTIVITY
        .read(input.cursor(), Long::valueOf)
        .then(
            before ->
                keys.activity(
                    input.id(),
                    new KeyActivity.Part(
                        before.orElse(null),
                        Page.limit(input.limit()),
                        seq -> ACTIVITY.after(Long.toString(seq))),
                    by(call),
                    call.at()));
  }
}
