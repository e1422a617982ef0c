package dev.keyreeve.directdebit.mandate.mandateimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.shape.Issue;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Why a row did not become a mandate, as it is kept: nothing in it repeats the row.
record Refusal(Code code, String reason, String message, List<Issue> issues) {
  private static final JsonMapper json = new JsonMapper();

  static String write(Problem problem) {
    try {
      return json.writeValueAsString(
          new Refusal(
              problem.reason().code(),
              problem.reason().word(),
              problem.message(),
              problem.issues()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Problem read(String text) {
    try {
      var kept = json.readValue(text, Refusal.class);
      return new Problem(
          new Reason(kept.code(), kept.reason(), kept.message()),
          kept.message(),
          kept.issues(),
          Map.of());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
