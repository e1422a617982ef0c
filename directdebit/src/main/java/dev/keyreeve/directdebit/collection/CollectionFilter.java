package dev.keyreeve.directdebit.collection;

import dev.keyreeve.directdebit.mandate.MandateId;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/// Which collections to list, newest first.
///
/// @param dueTo the last day that is wanted
/// @param entryTo the last day that is wanted
/// @param finalOnly whether only those whose outcome is final
/// @param limit 50 unless said
/// @param cursor the `nextCursor` of the page before
record CollectionFilter(
    @Nullable MandateId mandateId,
    @Nullable @Text(max = 100, plain = true) String payerExternalRef,
    @Nullable @Items(min = 1, max = 10) List<CollectionStatus> status,
    @Nullable LocalDate dueFrom,
    @Nullable LocalDate dueTo,
    @Nullable LocalDate entryFrom,
    @Nullable LocalDate entryTo,
    @Nullable Instant updatedSince,
    @Nullable Boolean finalOnly,
    @Nullable @Range(min = 1, max = 200) Integer limit,
    @Nullable @Text(max = 100) String cursor) {

  /// Only what is wanted is asked, so that PostgreSQL sees which index finds it.
  String conditions(@Nullable CollectionId before) {
    var wanted = new StringBuilder();
    if (before != null) wanted.append("and c.id < :before ");
    if (mandateId != null) wanted.append("and c.mandate_id = :mandate ");
    if (payerExternalRef != null) wanted.append("and p.external_ref = :externalRef ");
    if (status != null) wanted.append("and c.status = any(:statuses) ");
    if (dueFrom != null) wanted.append("and c.due_on >= :dueFrom ");
    if (dueTo != null) wanted.append("and c.due_on <= :dueTo ");
    if (entryFrom != null) wanted.append("and c.entry_on >= :entryFrom ");
    if (entryTo != null) wanted.append("and c.entry_on <= :entryTo ");
    if (updatedSince != null) wanted.append("and c.updated_at >= :updatedSince ");
    if (finalOnly != null && finalOnly) wanted.append("and c.outcome_final ");
    return wanted.toString();
  }

  <S extends SqlStatement<S>> S bind(S statement, @Nullable CollectionId before) {
    statement.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    return statement
        .bind("before", before == null ? null : before.text())
        .bind("mandate", mandateId == null ? null : mandateId.text())
        .bind("externalRef", payerExternalRef)
        .bindArray(
            "statuses",
            String.class,
            status == null ? List.of() : status.stream().map(CollectionStatus::word).toList())
        .bind("dueFrom", dueFrom)
        .bind("dueTo", dueTo)
        .bind("entryFrom", entryFrom)
        .bind("entryTo", entryTo)
        .bind("updatedSince", updatedSince);
  }
}
