package dev.keyreeve.directdebit.watch.reporting;

import dev.keyreeve.platform.tenancy.Tx;
import dev.keyreeve.procedure.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// What a report looks at: days, an instant of knowledge, and groups.
///
/// @param asOf nothing that happened later counts
/// @param current whether that is now, so that rows say all there is to know
/// @param tagKey which entry of a mandate's metadata groups, for [Grouping#TAG]
record View(
    DateRange window,
    Instant asOf,
    boolean current,
    @Nullable Grouping groupBy,
    @Nullable String tagKey) {
  static final int MAX_GROUPS = 1000;

  /// All of a window, as far as it is known now.
  static View of(Tx tx, DateRange window) {
    forManyRows(tx, true);
    return new View(window, tx.now(), true, null, null);
  }

  static Outcome<View> of(
      Tx tx,
      LocalDate from,
      LocalDate to,
      @Nullable Instant asOf,
      @Nullable Grouping groupBy,
      @Nullable String tagKey) {
    if (asOf != null && asOf.isAfter(tx.now())) return Outcome.refused(Refusals.AS_OF_TO_COME);

    forManyRows(tx, true);
    var known = asOf == null ? tx.now() : asOf;
    return DateRange.of(from, to)
        .then(
            window ->
                Outcome.done(new View(window, known, known.equals(tx.now()), groupBy, tagKey)));
  }

  /// Whether the rest of the transaction counts rows by the hundred thousand. PostgreSQL knows
  /// little of what a tenant's rows are, and would join whole cohorts row by row.
  static void forManyRows(Tx tx, boolean many) {
    tx.query("select set_config('enable_nestloop', :loops, true), :workspace::text")
        .bind("loops", many ? "off" : "on")
        .mapTo(String.class)
        .one();
  }

  /// A query that finds `:from`, `:to`, `:asOf` and the like bound.
  Query query(Tx tx, String sql) {
    return tx.query(sql)
        .bind("from", window.from())
        .bind("to", window.to())
        .bind("start", window.start())
        .bind("end", window.end())
        .bind("asOf", asOf)
        .bind("current", current)
        .bind("tagKey", tagKey)
        .bind("maxGroups", MAX_GROUPS + 1);
  }

  static <G> Outcome<List<G>> bounded(List<G> groups) {
    return groups.size() > MAX_GROUPS
        ? Outcome.refused(Refusals.TOO_MANY_GROUPS)
        : Outcome.done(groups);
  }
}
