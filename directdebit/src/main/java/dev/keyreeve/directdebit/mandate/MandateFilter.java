package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.directdebit.bacs.MandateReference;
import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Which mandates to list, newest first.
///
/// @param q part of the payer's name or of the reference, in any case
/// @param createdTo the first instant that is no longer wanted
/// @param limit 50 unless said
/// @param cursor the `nextCursor` of the page before
record MandateFilter(
    @Nullable @Items(min = 1, max = 10) List<MandateStatus> status,
    @Nullable @Text(max = 100, plain = true) String payerExternalRef,
    @Nullable MandateReference reference,
    @Nullable @Text(max = 100, plain = true) String q,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable Instant updatedSince,
    @Nullable @Range(min = 1, max = 200) Integer limit,
    @Nullable @Text(max = 100) String cursor) {

  <S extends SqlStatement<S>> S bind(S statement) {
    return statement
        .bind("anyStatus", status == null)
        .bindArray(
            "statuses",
            String.class,
            status == null ? List.of() : status.stream().map(MandateStatus::word).toList())
        .bind("externalRef", payerExternalRef)
        .bind("reference", reference == null ? null : reference.text())
        .bind("q", q == null ? null : "%" + escaped(q) + "%")
        .bind("createdFrom", createdFrom)
        .bind("createdTo", createdTo)
        .bind("updatedSince", updatedSince);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
