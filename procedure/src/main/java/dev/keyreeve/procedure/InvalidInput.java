package dev.keyreeve.procedure;

import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reason;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Issue;
import java.util.List;
import java.util.Map;

/// The refusal of an input. All issues are told, whichever gives it its reason: one for which HTTP
/// has a status of its own goes before the others.
final class InvalidInput {
  private InvalidInput() {}

  static Problem problem(Procedure<?, ?> procedure, List<Issue> issues) {
    var reason = reason(procedure, issues);
    return new Problem(reason, reason.message(), issues, Map.of());
  }

  private static Reason reason(Procedure<?, ?> procedure, List<Issue> issues) {
    var condition = procedure.condition();
    for (var issue : issues) {
      switch (issue.code()) {
        case Issue.UNSUPPORTED_MEDIA_TYPE -> {
          return Reasons.UNSUPPORTED_MEDIA_TYPE;
        }
        case Issue.TOO_LARGE -> {
          return Reasons.TOO_LARGE;
        }
        case "required" -> {
          if (condition != null && issue.path().equals(condition.name())) {
            return Reasons.PRECONDITION_REQUIRED;
          }
        }
        default -> {}
      }
    }
    return Reasons.INVALID_INPUT;
  }
}
