package dev.keyreeve.directdebit.mandate.mandateimport;

import dev.keyreeve.procedure.json.Json;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Issue;
import java.util.List;
import java.util.Map;

/// Why a row did not become a mandate, as it is kept: nothing in it repeats the row.
record Refusal(Code code, String reason, String message, List<Issue> issues) {
  static String write(Problem problem) {
    return Json.write(
        new Refusal(
            problem.reason().code(), problem.reason().word(), problem.message(), problem.issues()));
  }

  static Problem read(String text) {
    var kept = Json.read(text, Refusal.class);
    return new Problem(
        new Reason(kept.code(), kept.reason(), kept.message()),
        kept.message(),
        kept.issues(),
        Map.of());
  }
}
