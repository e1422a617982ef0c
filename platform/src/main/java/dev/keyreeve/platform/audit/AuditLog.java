package dev.keyreeve.platform.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// Appends to the chains. Each entry holds the SHA-256 of itself and of the entry before it, so
/// that an entry which is changed, removed or moved later no longer fits.
public final class AuditLog {
  /// The chain of what belongs to no organisation.
  public static final String SERVER = "server";

  private static final String BEFORE_THE_FIRST = "0".repeat(64);

  /// Maps in one order, so that a text that is written twice is the same.
  private static final ObjectMapper json =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private AuditLog() {}

  private record End(long seq, String hash) {}

  /// Appends an entry in the caller's transaction. The chain's row in `audit_chain` is locked until
  /// it ends.
  public static void append(Handle handle, AuditEntry entry) {
    var end = end(handle, entry.chain());
    long seq = end.seq() + 1;
    var at = entry.at().truncatedTo(ChronoUnit.MICROS);
    var details = write(entry);
    var actor = entry.actor();
    var kind = actor.kind().name().toLowerCase(Locale.ROOT);
    var address = actor.address().isUnknown() ? "" : actor.address().toString();
    var hash =
        hash(
            end.hash(),
            entry.chain(),
            Long.toString(seq),
            at.toString(),
            kind,
            actor.id(),
            actor.name(),
            address,
            entry.action(),
            entry.target().kind(),
            entry.target().id(),
            details);
    handle
        .createUpdate(
            """
            insert into audit_entry (chain, seq, at, actor_kind, actor_id, actor_name, address,
                                     action, target_kind, target_id, details, hash)
            values (:chain, :seq, :at, :kind, :actorId, :actorName, :address,
                    :action, :targetKind, :targetId, :details, :hash)
            """)
        .bind("chain", entry.chain())
        .bind("seq", seq)
        .bind("at", at)
        .bind("kind", kind)
        .bind("actorId", actor.id())
        .bind("actorName", actor.name())
        .bind("address", address)
        .bind("action", entry.action())
        .bind("targetKind", entry.target().kind())
        .bind("targetId", entry.target().id())
        .bind("details", details)
        .bind("hash", hash)
        .execute();
    handle
        .createUpdate("update audit_chain set seq = :seq, hash = :hash where chain = :chain")
        .bind("chain", entry.chain())
        .bind("seq", seq)
        .bind("hash", hash)
        .execute();
  }

  private static End end(Handle handle, String chain) {
    handle
        .createUpdate(
            """
            insert into audit_chain (chain, seq, hash) values (:chain, 0, :hash)
            on conflict do nothing
            """)
        .bind("chain", chain)
        .bind("hash", BEFORE_THE_FIRST)
        .execute();
    return handle
        .createQuery("select seq, hash from audit_chain where chain = :chain for update")
        .bind("chain", chain)
        .map((row, _) -> new End(row.getLong("seq"), row.getString("hash")))
        .one();
  }

  private static String write(AuditEntry entry) {
    try {
      return json.writeValueAsString(entry.details());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The SHA-256, in hexadecimal, of the hash before and of all fields, each behind its length in
  /// four bytes, so that no two entries are the same bytes.
  static String hash(String before, String... fields) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(HexFormat.of().parseHex(before));
      for (var field : fields) {
        var utf8 = field.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
