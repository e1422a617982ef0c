package dev.keyreeve.platform.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs the ends of chains as they grow, and keeps copies of what any node signed.
///
/// Only what fits the last checkpoint is signed, so a chain that was tampered with gets no new one:
/// a signature never covers up what it is there to show.
public final class Checkpoints {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  /// Entries that are not signed for, at most, between two runs.
  static final int ENTRIES = 1000;

  /// How long an entry is not signed for, at most, between two runs.
  static final Duration AGE = Duration.ofSeconds(60);

  /// Clocks of nodes differ by less.
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private static final int FETCH_SIZE = 1000;

  private final Jdbi jdbi;
  private final CheckpointKey key;
  private final CheckpointFile copies;

  public Checkpoints(Jdbi jdbi, CheckpointKey key, CheckpointFile copies) {
    this.jdbi = jdbi;
    this.key = key;
    this.copies = copies;
  }

  /// Signs the end of each chain that has grown by 1,000 entries since its last checkpoint, or at
  /// all if that is 60 s old.
  ///
  /// @return how many were signed
  public int sign(Instant now) {
    copyOthers();
    int signed = 0;
    for (var chain : due(now)) {
      var checkpoint =
          jdbi.inTransaction(
              TransactionIsolationLevel.REPEATABLE_READ, handle -> sign(handle, chain, now));
      if (checkpoint != null) {
        copies.add(checkpoint);
        signed++;
      }
    }
    return signed;
  }

  /// What other nodes signed.
  private void copyOthers() {
    var since = copies.newestAt().minus(OVERLAP);
    var others =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select distinct on (chain) "
                            + Checkpoint.COLUMNS
                            + " from audit_checkpoint where at >= :since order by chain, seq desc")
                    .bind("since", since)
                    .map((row, _) -> Checkpoint.of(row))
                    .list());
    for (var other : others) {
      if (key.believed().isGenuine(other)) copies.add(other);
    }
  }

  private List<String> due(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select end_.chain from audit_chain end_
                    left join lateral (
                      select seq, at from audit_checkpoint where chain = end_.chain
                      order by seq desc limit 1) last on true
                    where end_.seq > 0
                      and (last.seq is null
                           or end_.seq - last.seq >= :entries
                           or end_.seq > last.seq and last.at <= :before)
                    order by end_.chain
                    """)
                .bind("entries", ENTRIES)
                .bind("before", now.minus(AGE))
                .mapTo(String.class)
                .list());
  }

  private @Nullable Checkpoint sign(Handle handle, String chain, Instant now) {
    var end = AuditTrail.end(handle, chain);
    if (end == null) return null;

    var verdict = sinceTheLast(handle, chain).end(end);
    var flaw = verdict.flaw();
    if (flaw != null) {
      log.error(
          "the audit chain {} is not signed, for it does not hold at entry {}: {} Run 'keyreeve"
              + " audit verify'.",
          chain,
          flaw.seq(),
          flaw.message());
      return null;
    }
    var checkpoint = key.sign(end, now);
    return insert(handle, checkpoint) ? checkpoint : null;
  }

  /// A check that has seen all that came after the newest checkpoint.
  private ChainCheck sinceTheLast(Handle handle, String chain) {
    var last = newest(handle, chain);
    var check =
        last == null
            ? ChainCheck.fromTheFirst(chain, key.believed(), Vouching.none())
            : ChainCheck.after(last, key.believed());
    try (var entries =
        handle
            .createQuery(
                "select "
                    + ChainedEntry.COLUMNS
                    + " from audit_entry where chain = :chain and seq > :after order by seq")
            .setFetchSize(FETCH_SIZE)
            .bind("chain", chain)
            .bind("after", last == null ? 0 : last.seq())
            .map((row, _) -> ChainedEntry.of(row))
            .iterator()) {
      entries.forEachRemaining(check::entry);
    }
    return check;
  }

  /// The newest that is genuine, of those in the database and the copies.
  private @Nullable Checkpoint newest(Handle handle, String chain) {
    var all = new ArrayList<Checkpoint>();
    var copy = copies.newest(chain);
    if (copy != null) all.add(copy);
    handle
        .createQuery(
            "select "
                + Checkpoint.COLUMNS
                + " from audit_checkpoint where chain = :chain order by seq desc limit 1")
        .bind("chain", chain)
        .map((row, _) -> Checkpoint.of(row))
        .forEach(all::add);
    Checkpoint newest = null;
    for (var each : all) {
      if (key.believed().isGenuine(each) && (newest == null || each.seq() > newest.seq())) {
        newest = each;
      }
    }
    return newest;
  }

  /// @return false if another node was faster
  private static boolean insert(Handle handle, Checkpoint checkpoint) {
    return handle
            .createUpdate(
                """
                insert into audit_checkpoint (chain, seq, hash, at, signer, signature)
                values (:chain, :seq, :hash, :at, :signer, :signature)
                on conflict do nothing
                """)
            .bind("chain", checkpoint.chain())
            .bind("seq", checkpoint.seq())
            .bind("hash", checkpoint.hash())
            .bind("at", checkpoint.at())
            .bind("signer", checkpoint.signer())
            .bind("signature", checkpoint.signature())
            .execute()
        == 1;
  }
}
