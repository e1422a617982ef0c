package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.platform.tenancy.Tx;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// When the clock has to look at a mandate again.
///
/// @param workspace it belongs to
record Due(String workspace, MandateId mandate, Instant at) {

  /// Sets the one moment of a mandate, or that there is none.
  static void put(Tx tx, MandateId mandate, @Nullable Instant at) {
    if (at == null) {
      tx.update("delete from mandate_due where workspace_id = :workspace and mandate_id = :id")
          .bind("id", mandate.text())
          .execute();
      return;
    }
    tx.update(
            """
            insert into mandate_due (mandate_id, workspace_id, at) values (:id, :workspace, :at)
            on conflict (mandate_id) do update set at = excluded.at
            """)
        .bind("id", mandate.text())
        .bind("at", at)
        .execute();
  }

  /// What is due in the transaction's workspace, in the order of locks.
  static List<MandateId> in(Tx tx) {
    return tx.query(
            """
            select mandate_id from mandate_due
            where workspace_id = :workspace and at <= :now
            order by mandate_id
            """)
        .map((row, _) -> new MandateId(row.getString("mandate_id")))
        .list();
  }

  /// What is due in any workspace, earliest first, read as the schema's owner.
  ///
  /// @param after only what follows this, or null
  static List<Due> until(Jdbi jdbi, Instant now, @Nullable Due after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select workspace_id, mandate_id, at from mandate_due
                    where at <= :now
                      and (:afterId::text is null or (at, mandate_id) > (:afterAt, :afterId))
                    order by at, mandate_id
                    limit :limit
                    """)
                .bind("now", now)
                .bind("afterAt", after == null ? null : after.at())
                .bind("afterId", after == null ? null : after.mandate().text())
                .bind("limit", limit)
                .map(
                    (row, _) ->
                        new Due(
                            row.getString("workspace_id"),
                            new MandateId(row.getString("mandate_id")),
                            row.getTimestamp("at").toInstant()))
                .list());
  }
}
