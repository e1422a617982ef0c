package dev.keyreeve.identity.usage;

import dev.keyreeve.access.credential.KeyId;
import dev.keyreeve.access.network.Address;
import dev.keyreeve.identity.key.KeyUses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tells of the use of keys from what is counted. What was called a moment ago is not counted yet.
public final class CountedUses implements KeyUses {
  @Override
  public Map<KeyId, Use> of(Handle handle, Collection<KeyId> keys) {
    var ids = keys.stream().map(KeyId::toString).toList();
    var secrets = new HashMap<KeyId, Map<Integer, Instant>>();
    handle
        .createQuery(
            """
            select key_id, secret, last_used_at from key_secret_usage
            where key_id = any(:keys::bpchar[]) and last_used_at is not null
            """)
        .bindArray("keys", String.class, ids)
        .map(
            (row, _) ->
                secrets
                    .computeIfAbsent(KeyId.parse(row.getString("key_id")), _ -> new HashMap<>())
                    .put(row.getInt("secret"), row.getTimestamp("last_used_at").toInstant()))
        .list();
    var uses = new HashMap<KeyId, Use>();
    handle
        .createQuery(
            """
            select key_id, requests, last_used_at, host(last_used_from) as last_used_from
            from key_usage where key_id = any(:keys::bpchar[])
            """)
        .bindArray("keys", String.class, ids)
        .map((row, _) -> uses.put(KeyId.parse(row.getString("key_id")), use(row, secrets)))
        .list();
    return uses;
  }

  private static Use use(ResultSet row, Map<KeyId, Map<Integer, Instant>> secrets)
      throws SQLException {
    Timestamp at = row.getTimestamp("last_used_at");
    return new Use(
        row.getLong("requests"),
        at == null ? null : at.toInstant(),
        address(row.getString("last_used_from")),
        secrets.getOrDefault(KeyId.parse(row.getString("key_id")), Map.of()));
  }

  private static Address address(@Nullable String text) {
    var address = text == null ? null : Address.parseOrNull(text);
    return address == null ? Address.UNKNOWN : address;
  }
}
