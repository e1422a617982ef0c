package dev.keyreeve.directdebit.bacs.bankreport;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives out the keys of one report. What a report says twice in the same words gets two keys, in
/// the order of the report: a payer may well have been debited the same amount twice.
final class AdviceKeys {

  private final List<String> report;
  private final Map<List<String>, Integer> occurrences = new HashMap<>();

  /// @param report what tells the report from every other one
  AdviceKeys(String... report) {
    this.report = List.of(report);
  }

  AdviceKey next(String... advice) {
    var parts = new ArrayList<>(report);
    parts.addAll(List.of(advice));
    parts.add(String.valueOf(occurrences.merge(List.copyOf(parts), 1, Integer::sum)));
    return AdviceKey.of(parts);
  }

  /// The same for what may name nobody: where the reference is missing, the day of the report has
  /// to tell one from what another report says in the same words.
  AdviceKey next(String reference, @Nullable LocalDate generatedOn, List<String> advice) {
    if (!reference.isEmpty() || generatedOn == null) return next(advice.toArray(String[]::new));

    var parts = new ArrayList<>(advice);
    parts.add(generatedOn.toString());
    return next(parts.toArray(String[]::new));
  }
}
