package dev.keyreeve.platform.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyreeve.procedure.shape.SnakeCase;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/// Reads the chains: for people, for an export, and to verify them.
public final class AuditTrail {
  /// Entries in one part of a chain.
  static final int PART = 500;

  private static final int FETCH_SIZE = 1000;
  private static final Pattern NAMED = Pattern.compile(":([a-z]+)");

  private final Jdbi jdbi;
  private final CheckpointKey key;
  private final CheckpointFile copies;

  public AuditTrail(Jdbi jdbi, CheckpointKey key, CheckpointFile copies) {
    this.jdbi = jdbi;
    this.key = key;
    this.copies = copies;
  }

  /// A part of the entries, newest first.
  ///
  /// @param nextCursor names the next page; absent on the last
  @SnakeCase
  record EntryPage(List<ChainedEntry> items, @Nullable String nextCursor) {}

  /// Where a page begins: after this entry.
  record After(Instant at, long seq, String chain) {
    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((at + " " + seq + " " + chain).getBytes(UTF_8));
    }

    /// Null for what is no cursor of this list.
    static @Nullable After parse(String cursor) {
      try {
        var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(" ", 3);
        return parts.length == 3
            ? new After(Instant.parse(parts[0]), Long.parseLong(parts[1]), parts[2])
            : null;
      } catch (IllegalArgumentException | DateTimeParseException notACursor) {
        return null;
      }
    }
  }

  /// @param chain whose entries; null for all
  EntryPage search(@Nullable String chain, EntryFilter filter, @Nullable After after) {
    var conditions = filter.conditions();
    var where = new ArrayList<>(conditions.keySet());
    if (chain != null) where.add("chain = :chain");
    if (after != null) {
      where.add("at <= :afterAt and (at, chain, seq) < (:afterAt, :afterChain, :afterSeq)");
    }
    var sql =
        "select "
            + ChainedEntry.COLUMNS
            + " from audit_entry "
            + (where.isEmpty() ? "" : "where " + String.join(" and ", where))
            + " order by at desc, chain desc, seq desc limit :limit";
    var rows =
        jdbi.withHandle(
            handle -> {
              var query = handle.createQuery(sql).bind("limit", filter.size() + 1);
              if (chain != null) query.bind("chain", chain);
              if (after != null) {
                query
                    .bind("afterAt", after.at())
                    .bind("afterChain", after.chain())
                    .bind("afterSeq", after.seq());
              }
              conditions.forEach((condition, value) -> query.bind(nameIn(condition), value));
              return query.map((row, _) -> ChainedEntry.of(row)).list();
            });
    if (rows.size() <= filter.size()) return new EntryPage(rows, null);

    var items = rows.subList(0, filter.size());
    var last = items.getLast();
    return new EntryPage(items, new After(last.at(), last.seq(), last.chain()).cursor());
  }

  /// The name that a condition binds.
  private static String nameIn(String condition) {
    var matcher = NAMED.matcher(condition);
    if (!matcher.find()) throw new IllegalArgumentException(condition);
    return matcher.group(1);
  }

  /// A part of a chain, in its order, with all that it takes to verify it elsewhere.
  ///
  /// @param endSeq how far the chain is recorded to go; only with the last part, and absent even
  ///   there if no end is recorded
  /// @param more whether there are further parts
  @SnakeCase
  record Part(
      List<ChainedEntry> entries,
      List<Checkpoint> checkpoints,
      @Nullable Long endSeq,
      @Nullable String endHash,
      boolean more) {}

  /// @param after number of the last entry of the part before; null for the first part
  Part part(String chain, @Nullable Long after) {
    long from = after == null ? Long.MIN_VALUE : after;
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          var entries =
              handle
                  .createQuery(
                      "select "
                          + ChainedEntry.COLUMNS
                          + """
                           from audit_entry where chain = :chain and seq > :from
                          order by seq limit :limit
                          """)
                  .bind("chain", chain)
                  .bind("from", from)
                  .bind("limit", PART + 1)
                  .map((row, _) -> ChainedEntry.of(row))
                  .list();
          boolean more = entries.size() > PART;
          var shown = more ? entries.subList(0, PART) : entries;
          long to = more ? shown.getLast().seq() : Long.MAX_VALUE;
          var checkpoints =
              handle
                  .createQuery(
                      "select "
                          + Checkpoint.COLUMNS
                          + """
                           from audit_checkpoint
                          where chain = :chain and seq > :from and seq <= :to
                          order by seq
                          """)
                  .bind("chain", chain)
                  .bind("from", from)
                  .bind("to", to)
                  .map((row, _) -> Checkpoint.of(row))
                  .list();
          var end = more ? null : end(handle, chain);
          return new Part(
              shown,
              checkpoints,
              end == null ? null : end.seq(),
              end == null ? null : end.hash(),
              more);
        });
  }

  /// Whether there is any trace of such a chain.
  boolean knows(String chain) {
    return copies.newest(chain) != null
        || jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select exists (select from audit_chain where chain = :chain)
                            or exists (select from audit_entry where chain = :chain)
                            or exists (select from audit_checkpoint where chain = :chain)
                        """)
                    .bind("chain", chain)
                    .mapTo(Boolean.class)
                    .one());
  }

  /// The names of all chains of which there is a trace.
  List<String> chains() {
    return jdbi.withHandle(this::chains);
  }

  private List<String> chains(Handle handle) {
    var names =
        new TreeSet<String>(
            handle
                .createQuery(
                    """
                    select chain from audit_chain
                    union select chain from audit_entry
                    union select chain from audit_checkpoint
                    """)
                .mapTo(String.class)
                .list());
    copies.all().forEach(copy -> names.add(copy.chain()));
    return List.copyOf(names);
  }

  /// Looks at every entry of these chains, as they are at one instant.
  ///
  /// @param chain null for all
  List<Verdict> verify(@Nullable String chain) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          var verdicts = new ArrayList<Verdict>();
          for (var name : chain == null ? chains(handle) : List.of(chain)) {
            verdicts.add(verify(handle, name));
          }
          return verdicts;
        });
  }

  private Verdict verify(Handle handle, String chain) {
    try (var checkpoints =
            handle
                .createQuery(
                    "select "
                        + Checkpoint.COLUMNS
                        + " from audit_checkpoint where chain = :chain order by seq")
                .setFetchSize(FETCH_SIZE)
                .bind("chain", chain)
                .map((row, _) -> Checkpoint.of(row))
                .iterator();
        var entries =
            handle
                .createQuery(
                    "select "
                        + ChainedEntry.COLUMNS
                        + " from audit_entry where chain = :chain order by seq")
                .setFetchSize(FETCH_SIZE)
                .bind("chain", chain)
                .map((row, _) -> ChainedEntry.of(row))
                .iterator()) {
      var vouching = new Vouching(checkpoints, copies.newest(chain));
      var check = ChainCheck.fromTheFirst(chain, key.believed(), vouching);
      entries.forEachRemaining(check::entry);
      return check.end(end(handle, chain));
    }
  }

  static @Nullable ChainEnd end(Handle handle, String chain) {
    return handle
        .createQuery("select seq, hash from audit_chain where chain = :chain")
        .bind("chain", chain)
        .map((row, _) -> new ChainEnd(chain, row.getLong("seq"), row.getString("hash")))
        .findOne()
        .orElse(null);
  }

  /// The public keys with which checkpoints are verified, the one that signs first.
  List<String> publicKeys() {
    return key.publicKeys();
  }
}
