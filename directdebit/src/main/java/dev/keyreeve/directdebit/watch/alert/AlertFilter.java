package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.shape.Items;
import dev.keyreeve.procedure.shape.Range;
import dev.keyreeve.procedure.shape.Text;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Which alerts to list, newest first.
///
/// @param metric what they are about
/// @param updatedSince only those that opened, or that somebody or something moved, since then
/// @param limit 50 unless said
/// @param cursor the `nextCursor` of the page before
record AlertFilter(
    @Nullable @Items(min = 1, max = 4) List<AlertStatus> status,
    @Nullable @Items(min = 1, max = 2) List<Severity> severity,
    @Nullable @Items(min = 1, max = 20) List<AlertMetric> metric,
    @Nullable RuleName rule,
    @Nullable Instant updatedSince,
    @Nullable @Range(min = 1, max = 200) Integer limit,
    @Nullable @Text(max = 100) String cursor) {

  <S extends SqlStatement<S>> S bind(S statement) {
    return statement
        .bind("anyStatus", status == null)
        .bindArray("statuses", String.class, words(status, AlertStatus::word))
        .bind("anySeverity", severity == null)
        .bindArray("severities", String.class, words(severity, Severity::word))
        .bind("anyMetric", metric == null)
        .bindArray("metrics", String.class, words(metric, AlertMetric::word))
        .bind("rule", rule == null ? null : rule.text())
        .bind("updatedSince", updatedSince);
  }

  private static <T> List<String> words(@Nullable List<T> wanted, Function<T, String> word) {
    return wanted == null ? List.of() : wanted.stream().map(word).toList();
  }
}
