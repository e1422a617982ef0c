package dev.keyreeve.identity.usage;

import dev.keyreeve.identity.notice.LastUse;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// When secrets were last used, as far as the journals are merged.
public final class SecretUses implements LastUse {
  private final Jdbi jdbi;

  public SecretUses(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<Use> of(Collection<String> keyIds) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select key_id, secret, last_used_at from key_secret_usage
                    where key_id = any(:keys)
                    """)
                .bindArray("keys", String.class, keyIds)
                .map(
                    (row, _) ->
                        new Use(
                            row.getString("key_id"),
                            row.getInt("secret"),
                            row.getTimestamp("last_used_at").toInstant()))
                .list());
  }
}
