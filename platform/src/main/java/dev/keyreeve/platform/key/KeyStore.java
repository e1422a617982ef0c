package dev.keyreeve.platform.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.KeyToken;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.Key;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of keys.
final class KeyStore {
  private KeyStore() {}

  /// A workspace, as far as its keys must agree with it.
  record Workspace(String organisation, Environment environment) {}

  static Optional<Workspace> workspace(Handle handle, String id) {
    return handle
        .createQuery("select organisation_id, environment from workspace where id = :id")
        .bind("id", id)
        .map(
            (row, _) ->
                new Workspace(
                    row.getString("organisation_id"),
                    Environment.parse(row.getString("environment"))))
        .findOne();
  }

  static Optional<String> organisationOf(Handle handle, KeyId id) {
    return handle
        .createQuery(
            """
            select w.organisation_id from api_key k join workspace w on w.id = k.workspace_id
            where k.id = :id
            """)
        .bind("id", id.toString())
        .mapTo(String.class)
        .findOne();
  }

  static void insert(
      Handle handle, KeyId id, IssueKey input, Environment environment, int limit, Instant now) {
    handle
        .createUpdate(
            """
            insert into api_key (id, workspace_id, api, environment, name, scopes, state,
                                 calls_per_minute, expires_at, created_at, changed_at)
            values (:id, :workspace, :api, :environment, :name, :scopes, 'active',
                    :limit, :expiresAt, :now, :now)
            """)
        .bind("id", id.toString())
        .bind("workspace", input.workspaceId())
        .bind("api", input.api())
        .bind("environment", environment.toString())
        .bind("name", input.name())
        .bindArray("scopes", String.class, input.scopes().stream().map(Scope::token).toList())
        .bind("limit", limit)
        .bind("expiresAt", input.expiresAt())
        .bind("now", now)
        .execute();
  }

  static void insertSecret(
      Handle handle, KeyId id, SecretDigest digest, int pepperVersion, Instant now) {
    handle
        .createUpdate(
            """
            insert into api_key_secret (key_id, number, digest, pepper_version, created_at)
            values (:id, 1, :digest, :pepperVersion, :now)
            """)
        .bind("id", id.toString())
        .bind("digest", digest.toBytes())
        .bind("pepperVersion", pepperVersion)
        .bind("now", now)
        .execute();
  }

  /// Moves a key to another state unless it is revoked, which is for ever.
  ///
  /// @return whether there was a key to move
  static boolean become(Handle handle, KeyId id, Key.State state, Instant now) {
    return handle
            .createUpdate(
                """
                update api_key set state = :state, version = version + 1, changed_at = :now
                where id = :id and (state <> 'revoked' or :state = 'revoked')
                """)
            .bind("id", id.toString())
            .bind("state", state.name().toLowerCase(Locale.ROOT))
            .bind("now", now)
            .execute()
        == 1;
  }

  static Optional<KeyView> find(Handle handle, KeyId id, Instant now) {
    return select(handle, "id = :id", id.toString(), now).stream().findFirst();
  }

  static List<KeyView> list(Handle handle, @Nullable String workspace, Instant now) {
    return select(handle, ":id::text is null or workspace_id = :id", workspace, now);
  }

  private static List<KeyView> select(
      Handle handle, String condition, @Nullable String id, Instant now) {
    return handle
        .createQuery(
            """
            select id, workspace_id, api, environment, name, scopes, state, calls_per_minute,
                   created_at, expires_at
            from api_key
            where
            """
                + condition
                + " order by created_at, id")
        .bind("id", id)
        .map((row, _) -> view(row, now))
        .list();
  }

  private static KeyView view(ResultSet row, Instant now) throws SQLException {
    var id = KeyId.parse(row.getString("id"));
    var environment = Environment.parse(row.getString("environment"));
    var expiresAt = row.getTimestamp("expires_at");
    var expiry = expiresAt == null ? null : expiresAt.toInstant();
    return new KeyView(
        id.toString(),
        KeyToken.shown(KeyToken.prefix(row.getString("api"), environment), id),
        row.getString("name"),
        row.getString("workspace_id"),
        row.getString("api"),
        environment,
        scopes(row),
        status(row.getString("state"), expiry, now),
        row.getInt("calls_per_minute"),
        row.getTimestamp("created_at").toInstant(),
        expiry);
  }

  private static KeyView.Status status(String state, @Nullable Instant expiry, Instant now) {
    var status = KeyView.Status.valueOf(state.toUpperCase(Locale.ROOT));
    boolean expired = expiry != null && !now.isBefore(expiry);
    return expired && status != KeyView.Status.REVOKED ? KeyView.Status.EXPIRED : status;
  }

  private static List<Scope> scopes(ResultSet row) throws SQLException {
    var scopes = new ArrayList<Scope>();
    for (var token : (String[]) row.getArray("scopes").getArray()) {
      scopes.add(new Scope(token));
    }
    return scopes;
  }
}
