package dev.keyreeve.platform.audit;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// A server's word that at an instant a chain had reached this entry. As long as one newer than a
/// change to the chain is at hand, nobody without the server's key can hide the change.
///
/// @param seq number of the chain's last entry at that time
/// @param hash of that entry
/// @param at to the microsecond
/// @param signer id of the [CheckpointKey] that signed
/// @param signature Ed25519 (RFC 8032), in base 64
@SnakeCase
public record Checkpoint(
    String chain, long seq, String hash, Instant at, String signer, String signature) {

  static final String COLUMNS = "chain, seq, hash, at, signer, signature";

  static Checkpoint of(ResultSet row) throws SQLException {
    return new Checkpoint(
        row.getString("chain"),
        row.getLong("seq"),
        row.getString("hash"),
        row.getTimestamp("at").toInstant(),
        row.getString("signer"),
        row.getString("signature"));
  }

  /// What is signed.
  static byte[] text(String chain, long seq, String hash, Instant at, String signer) {
    return CanonicalBytes.of(
        "keyreeve.audit.checkpoint.1", chain, Long.toString(seq), hash, at.toString(), signer);
  }

  byte[] text() {
    return text(chain, seq, hash, at, signer);
  }
}
