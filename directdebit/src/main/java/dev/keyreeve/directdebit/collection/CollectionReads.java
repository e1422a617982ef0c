package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.platform.tenancy.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Collections as callers see them, read with what belongs to them.
final class CollectionReads {
  private static final String SELECT =
      "select "
          + CollectionRows.COLUMNS
          + """
          , m.reference, p.external_ref
          from collection c
          join mandate m on m.workspace_id = :workspace and m.id = c.mandate_id
          join payer p on p.workspace_id = :workspace and p.id = m.payer_id
          where c.workspace_id = :workspace
          """;

  /// What is still to come to a bank, or on its way there.
  private static final String UPCOMING =
      """
      from collection c
      where c.workspace_id = :workspace
        and c.status in ('scheduled', 'pending_submission', 'submitted', 'retrying')
        and c.entry_on between :from and :to
        and (:mandate::text is null or c.mandate_id = :mandate)
      """;

  private CollectionReads() {}

  /// Newest first.
  static List<CollectionView> list(
      Tx tx, CollectionFilter filter, @Nullable CollectionId before, int limit) {
    var statement =
        tx.query(SELECT + filter.conditions(before) + "order by c.id desc limit :limit");
    return filter.bind(statement, before).bind("limit", limit).map((row, _) -> view(row)).list();
  }

  /// Where a page of what is to come begins.
  record Place(LocalDate entryOn, CollectionId id) {
    static Place parse(String text) {
      var parts = text.split("/", 2);
      if (parts.length != 2) throw new IllegalArgumentException("not a place");
      return new Place(parse(parts), new CollectionId(parts[1]));
    }

    private static LocalDate parse(String[] parts) {
      try {
        return LocalDate.parse(parts[0]);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("not a place", e);
      }
    }

    static Place of(CollectionView collection) {
      return new Place(collection.entryOn(), collection.id());
    }

    @Override
    public String toString() {
      return entryOn + "/" + id;
    }
  }

  /// What is to come, the earliest first.
  static List<CollectionView> upcoming(
      Tx tx,
      LocalDate from,
      LocalDate to,
      @Nullable MandateId mandate,
      @Nullable Place after,
      int limit) {
    return tx.query(
            SELECT
                + """
                and c.status in ('scheduled', 'pending_submission', 'submitted', 'retrying')
                and c.entry_on between :from and :to
                and (:mandate::text is null or c.mandate_id = :mandate)
                and (:afterId::text is null or (c.entry_on, c.id) > (:afterOn, :afterId))
                order by c.entry_on, c.id
                limit :limit
                """)
        .bind("from", from)
        .bind("to", to)
        .bind("mandate", mandate == null ? null : mandate.text())
        .bind("afterOn", after == null ? null : after.entryOn())
        .bind("afterId", after == null ? null : after.id().text())
        .bind("limit", limit)
        .map((row, _) -> view(row))
        .list();
  }

  /// How many are to come, and what they come to in pence.
  record Totals(long count, long amount) {}

  static Totals totals(Tx tx, LocalDate from, LocalDate to, @Nullable MandateId mandate) {
    return tx.query(
            "select count(*) as count, coalesce(sum(c.amount), 0)::bigint as amount " + UPCOMING)
        .bind("from", from)
        .bind("to", to)
        .bind("mandate", mandate == null ? null : mandate.text())
        .map((row, _) -> new Totals(row.getLong("count"), row.getLong("amount")))
        .one();
  }

  /// Those that there are, by their ids.
  static Map<CollectionId, CollectionDetails> details(Tx tx, List<CollectionId> ids) {
    var texts = ids.stream().map(CollectionId::text).toList();
    var found =
        tx.query(SELECT + "and c.id = any(:ids)")
            .bindArray("ids", String.class, texts)
            .map((row, _) -> view(row))
            .list();
    var attempts =
        AttemptRows.of(tx, found.stream().map(CollectionView::id).toList()).stream()
            .collect(Collectors.groupingBy(Attempt::collection));
    var clawbacks = clawbacks(tx, texts);
    var details = new HashMap<CollectionId, CollectionDetails>();
    for (var view : found) {
      var presented = attempts.getOrDefault(view.id(), List.of());
      details.put(
          view.id(),
          new CollectionDetails(
              view,
              presented.stream().map(AttemptView::of).toList(),
              clawbacks.get(view.id().text())));
    }
    return details;
  }

  private static Map<String, ClawbackView> clawbacks(Tx tx, List<String> ids) {
    var latest = new HashMap<String, ClawbackView>();
    tx.query(
            """
            select id, collection_id, reason, status, received_on, challenge_by, settles_on
            from claim
            where workspace_id = :workspace and collection_id = any(:ids)
            order by id
            """)
        .bindArray("ids", String.class, ids)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("collection_id"),
                    new ClawbackView(
                        row.getString("id"),
                        row.getString("reason"),
                        row.getString("status"),
                        row.getObject("received_on", LocalDate.class),
                        row.getObject("challenge_by", LocalDate.class),
                        row.getObject("settles_on", LocalDate.class))))
        .forEach(claim -> latest.put(claim.getKey(), claim.getValue()));
    return latest;
  }

  private static CollectionView view(ResultSet row) throws SQLException {
    return CollectionView.of(
        CollectionRows.read(row),
        new MandateReference(row.getString("reference")),
        row.getString("external_ref"));
  }
}
