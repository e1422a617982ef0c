package dev.keyreeve.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/// Appends to the chains. Each entry holds the SHA-256 of itself and of the entry before it, so
/// that an entry which is changed, removed or moved later no longer fits.
public final class AuditLog {
  /// The chain of what belongs to no organisation.
  public static final String SERVER = "server";

  /// Maps in one order, so that a text that is written twice is the same.
  private static final ObjectMapper json =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private AuditLog() {}

  /// Appends an entry in the caller's transaction. The chain's row in `audit_chain` is locked until
  /// it ends, so the order of numbers is the order of commits.
  public static void append(Handle handle, AuditEntry entry) {
    var end = lockEnd(handle, entry.chain());
    var actor = entry.actor();
    var address = actor.address();
    var chained =
        new ChainedEntry(
                entry.chain(),
                end.seq() + 1,
                entry.at().truncatedTo(ChronoUnit.MICROS),
                actor.kind().word(),
                actor.id(),
                actor.name(),
                address.isUnknown() ? "" : address.toString(),
                entry.action(),
                entry.target().kind(),
                entry.target().id(),
                write(entry),
                "")
            .after(end.hash());
    insert(handle, chained);
    handle
        .createUpdate("update audit_chain set seq = :seq, hash = :hash where chain = :chain")
        .bind("chain", chained.chain())
        .bind("seq", chained.seq())
        .bind("hash", chained.hash())
        .execute();
  }

  private static ChainEnd lockEnd(Handle handle, String chain) {
    handle
        .createUpdate(
            """
            insert into audit_chain (chain, seq, hash) values (:chain, 0, :hash)
            on conflict do nothing
            """)
        .bind("chain", chain)
        .bind("hash", ChainedEntry.BEFORE_THE_FIRST)
        .execute();
    return handle
        .createQuery("select seq, hash from audit_chain where chain = :chain for update")
        .bind("chain", chain)
        .map((row, _) -> new ChainEnd(chain, row.getLong("seq"), row.getString("hash")))
        .one();
  }

  private static void insert(Handle handle, ChainedEntry entry) {
    handle
        .createUpdate(
            """
            insert into audit_entry (chain, seq, at, actor_kind, actor_id, actor_name, address,
                                     action, target_kind, target_id, details, hash)
            values (:chain, :seq, :at, :actorKind, :actorId, :actorName, :address,
                    :action, :targetKind, :targetId, :details, :hash)
            """)
        .bind("chain", entry.chain())
        .bind("seq", entry.seq())
        .bind("at", entry.at())
        .bind("actorKind", entry.actorKind())
        .bind("actorId", entry.actorId())
        .bind("actorName", entry.actorName())
        .bind("address", entry.address())
        .bind("action", entry.action())
        .bind("targetKind", entry.targetKind())
        .bind("targetId", entry.targetId())
        .bind("details", entry.details())
        .bind("hash", entry.hash())
        .execute();
  }

  private static String write(AuditEntry entry) {
    try {
      return json.writeValueAsString(entry.details());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
