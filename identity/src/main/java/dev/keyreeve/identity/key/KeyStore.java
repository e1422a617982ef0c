package dev.keyreeve.identity.key;

import dev.keyreeve.access.credential.Environment;
import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.credential.SecretDigest;
import dev.keyreeve.access.scope.Scope;
import dev.keyreeve.access.subject.KeyState;
import dev.keyreeve.platform.tenancy.Within;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of keys and of their secrets.
final class KeyStore {
  /// The order of the cases is that in which a call is refused.
  private static final String KEYS =
      """
      with listed as (
        select k.id, w.organisation_id, k.workspace_id, k.api, k.environment, k.name, k.scopes,
               k.state, k.calls_per_minute, k.addresses, k.tags, k.not_before, k.expires_at,
               k.created_at, k.created_by, k.created_by_name, k.revoked_at, k.revoke_reason,
               k.leaked_at, k.deleted_at,
               case when k.state = 'revoked' then 'revoked'
                    when k.expires_at <= :now then 'expired'
                    when k.not_before > :now then 'scheduled'
                    when k.state = 'deactivated' then 'inactive'
                    else 'active' end as status
        from api_key k join workspace w on w.id = k.workspace_id)
      select id, organisation_id, workspace_id, api, environment, name, scopes, state, status,
             calls_per_minute, addresses, tags, not_before, expires_at, created_at, created_by,
             created_by_name, revoked_at, revoke_reason, leaked_at, deleted_at
      from listed
      """;

  private KeyStore() {}

  static Optional<KeyWorkspace> workspace(Handle handle, String id) {
    return handle
        .createQuery("select id, organisation_id, environment from workspace where id = :id")
        .bind("id", id)
        .map(
            (row, _) ->
                new KeyWorkspace(
                    row.getString("id"),
                    row.getString("organisation_id"),
                    Environment.parse(row.getString("environment"))))
        .findOne();
  }

  static void insert(Handle handle, KeyRow key, Instant now) {
    handle
        .createUpdate(
            """
            insert into api_key (id, workspace_id, api, environment, name, scopes, state,
                                 calls_per_minute, addresses, tags, not_before, expires_at,
                                 created_at, created_by, created_by_name, changed_at)
            values (:id, :workspace, :api, :environment, :name, :scopes, :state,
                    :rateLimit, :addresses, :tags, :notBefore, :expiresAt,
                    :now, :createdBy, :createdByName, :now)
            """)
        .bind("id", key.id().toString())
        .bind("workspace", key.workspace())
        .bind("api", key.api())
        .bind("environment", key.environment().toString())
        .bind("name", key.name())
        .bindArray("scopes", String.class, key.scopes().stream().map(Scope::token).toList())
        .bind("state", word(key.state()))
        .bind("rateLimit", key.settings().rateLimit())
        .bindArray("addresses", String.class, key.settings().ipAllowList())
        .bindArray("tags", String.class, key.settings().tags())
        .bind("notBefore", key.notBefore())
        .bind("expiresAt", key.expiresAt())
        .bind("createdBy", key.issue().by())
        .bind("createdByName", key.issue().byName())
        .bind("now", now)
        .execute();
  }

  /// Stores all of a key that may change.
  static void update(Handle handle, KeyRow key, Instant now) {
    handle
        .createUpdate(
            """
            update api_key
            set name = :name, scopes = :scopes, state = :state, calls_per_minute = :rateLimit,
                addresses = :addresses, tags = :tags, expires_at = :expiresAt,
                revoked_at = :revokedAt, revoke_reason = :revokeReason, leaked_at = :leakedAt,
                deleted_at = :deletedAt, version = version + 1, changed_at = :now
            where id = :id and workspace_id = :workspace
            """)
        .bind("id", key.id().toString())
        .bind("workspace", key.workspace())
        .bind("name", key.name())
        .bindArray("scopes", String.class, key.scopes().stream().map(Scope::token).toList())
        .bind("state", word(key.state()))
        .bind("rateLimit", key.settings().rateLimit())
        .bindArray("addresses", String.class, key.settings().ipAllowList())
        .bindArray("tags", String.class, key.settings().tags())
        .bind("expiresAt", key.expiresAt())
        .bind("revokedAt", key.end().revokedAt())
        .bind("revokeReason", key.end().reason())
        .bind("leakedAt", key.end().leakedAt())
        .bind("deletedAt", key.end().deletedAt())
        .bind("now", now)
        .execute();
  }

  /// A key, hidden or not.
  static Optional<KeyRow> find(Handle handle, KeyId id, Within within, Instant now) {
    return within
        .bind(handle.createQuery(KEYS + "where id = :id and " + within.workspace("workspace_id")))
        .bind("id", id.toString())
        .bind("now", now)
        .map((row, _) -> key(row))
        .findOne();
  }

  static List<KeyRow> list(Handle handle, KeyFilter filter, KeyFilter.Part part, Instant now) {
    var order =
        part.newestFirst()
            ? "and (:afterAt::timestamptz is null or (created_at, id) < (:afterAt, :afterId::bpchar))"
                + " order by created_at desc, id desc"
            : "and (:afterAt::timestamptz is null or (created_at, id) > (:afterAt, :afterId::bpchar))"
                + " order by created_at, id";
    var after = part.after();
    return handle
        .createQuery(
            KEYS
                + """
                where deleted_at is null
                  and (:workspace::text is null or workspace_id = :workspace)
                  and (:status::text is null or status = :status)
                  and (:tag::text is null or :tag = any(tags))
                  and (:createdBy::text is null
                       or created_by = :createdBy or created_by_name = :createdBy)
                  and (:createdAfter::timestamptz is null or created_at > :createdAfter)
                  and (:createdBefore::timestamptz is null or created_at < :createdBefore)
                  and (:withRevoked or state <> 'revoked')
                """
                + order
                + " limit :limit")
        .bind("workspace", filter.workspace())
        .bind("status", filter.status() == null ? null : word(filter.status()))
        .bind("tag", filter.tag())
        .bind("createdBy", filter.createdBy())
        .bind("createdAfter", filter.createdAfter())
        .bind("createdBefore", filter.createdBefore())
        .bind("withRevoked", filter.withRevoked())
        .bind("afterAt", after == null ? null : after.createdAt())
        .bind("afterId", after == null ? null : after.id())
        .bind("limit", part.limit())
        .bind("now", now)
        .map((row, _) -> key(row))
        .list();
  }

  static void insertSecret(
      Handle handle, KeyId id, int number, SecretDigest digest, int pepperVersion, Instant now) {
    handle
        .createUpdate(
            """
            insert into api_key_secret (key_id, number, digest, pepper_version, created_at)
            values (:id, :number, :digest, :pepperVersion, :now)
            """)
        .bind("id", id.toString())
        .bind("number", number)
        .bind("digest", digest.toBytes())
        .bind("pepperVersion", pepperVersion)
        .bind("now", now)
        .execute();
  }

  /// Those that have not ended, newest first.
  static List<KeyRow.Secret> secrets(Handle handle, Collection<KeyId> keys, Instant now) {
    return handle
        .createQuery(
            """
            select key_id, number, created_at, not_after from api_key_secret
            where key_id = any(:keys::bpchar[]) and (not_after is null or not_after > :now)
            order by number desc
            """)
        .bindArray("keys", String.class, keys.stream().map(KeyId::toString).toList())
        .bind("now", now)
        .map(
            (row, _) ->
                new KeyRow.Secret(
                    KeyId.parse(row.getString("key_id")),
                    row.getInt("number"),
                    row.getTimestamp("created_at").toInstant(),
                    instant(row.getTimestamp("not_after"))))
        .list();
  }

  /// Takes secrets away, those that have ended among them.
  ///
  /// @param below all with a lower number
  static void deleteSecrets(Handle handle, KeyId id, int below) {
    handle
        .createUpdate("delete from api_key_secret where key_id = :id and number < :below")
        .bind("id", id.toString())
        .bind("below", below)
        .execute();
  }

  static void endSecret(Handle handle, KeyId id, int number, Instant end) {
    handle
        .createUpdate(
            "update api_key_secret set not_after = :end where key_id = :id and number = :number")
        .bind("id", id.toString())
        .bind("number", number)
        .bind("end", end)
        .execute();
  }

  /// A digest that may be that of a text which was handed in, and what that text must begin with.
  record Kept(
      KeyId key,
      String workspace,
      String api,
      Environment environment,
      int pepperVersion,
      SecretDigest digest) {}

  /// The secrets that live, of keys that are not revoked.
  static List<Kept> kept(Handle handle, Collection<KeyId> keys, Instant now) {
    return handle
        .createQuery(
            """
            select s.key_id, k.workspace_id, k.api, k.environment, s.pepper_version, s.digest
            from api_key_secret s join api_key k on k.id = s.key_id
            where s.key_id = any(:keys::bpchar[]) and (s.not_after is null or s.not_after > :now)
              and k.state <> 'revoked'
            """)
        .bindArray("keys", String.class, keys.stream().map(KeyId::toString).toList())
        .bind("now", now)
        .map(
            (row, _) ->
                new Kept(
                    KeyId.parse(row.getString("key_id")),
                    row.getString("workspace_id"),
                    row.getString("api"),
                    Environment.parse(row.getString("environment")),
                    row.getInt("pepper_version"),
                    SecretDigest.of(row.getBytes("digest"))))
        .list();
  }

  private static KeyRow key(ResultSet row) throws SQLException {
    return new KeyRow(
        KeyId.parse(row.getString("id")),
        row.getString("organisation_id"),
        row.getString("workspace_id"),
        row.getString("api"),
        Environment.parse(row.getString("environment")),
        new KeyRow.Settings(
            row.getString("name"),
            Stream.of(texts(row, "scopes")).map(Scope::new).toList(),
            row.getInt("calls_per_minute"),
            List.of(texts(row, "addresses")),
            List.of(texts(row, "tags")),
            instant(row.getTimestamp("expires_at"))),
        instant(row.getTimestamp("not_before")),
        new KeyRow.Issue(
            row.getTimestamp("created_at").toInstant(),
            row.getString("created_by"),
            row.getString("created_by_name")),
        KeyState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        KeyView.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        new KeyRow.End(
            instant(row.getTimestamp("revoked_at")),
            row.getString("revoke_reason"),
            instant(row.getTimestamp("leaked_at")),
            instant(row.getTimestamp("deleted_at"))));
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
