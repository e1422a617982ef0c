package dev.keyreeve.platform.audit;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// An entry in its place: all that its hash covers, and the hash.
///
/// @param chain id of the organisation, or [AuditLog#SERVER]
/// @param seq counts the entries of the chain, from 1
/// @param at to the microsecond
/// @param actorKind in lower case
/// @param address empty where there was none
/// @param details a JSON object, letter for letter as it was hashed
/// @param hash SHA-256 in hexadecimal, over the hash of the entry before and all the rest
@SnakeCase
public record ChainedEntry(
    String chain,
    long seq,
    Instant at,
    String actorKind,
    String actorId,
    String actorName,
    String address,
    String action,
    String targetKind,
    String targetId,
    String details,
    String hash) {

  /// Takes the place of the hash before the first entry.
  static final String BEFORE_THE_FIRST = "0".repeat(64);

  static final String COLUMNS =
      """
      chain, seq, at, actor_kind, actor_id, actor_name, address, action, target_kind, target_id,
      details, hash
      """;

  static ChainedEntry of(ResultSet row) throws SQLException {
    return new ChainedEntry(
        row.getString("chain"),
        row.getLong("seq"),
        row.getTimestamp("at").toInstant(),
        row.getString("actor_kind"),
        row.getString("actor_id"),
        row.getString("actor_name"),
        row.getString("address"),
        row.getString("action"),
        row.getString("target_kind"),
        row.getString("target_id"),
        row.getString("details"),
        row.getString("hash"));
  }

  /// What the hash must be if this one stands before.
  String hashAfter(String before) {
    return CanonicalBytes.digest(
        CanonicalBytes.of(
            "keyreeve.audit.entry.1",
            before,
            chain,
            Long.toString(seq),
            at.toString(),
            actorKind,
            actorId,
            actorName,
            address,
            action,
            targetKind,
            targetId,
            details));
  }

  /// The same entry with the hash that makes it follow this one.
  ChainedEntry after(String before) {
    return new ChainedEntry(
        chain,
        seq,
        at,
        actorKind,
        actorId,
        actorName,
        address,
        action,
        targetKind,
        targetId,
        details,
        hashAfter(before));
  }
}
