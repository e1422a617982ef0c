package dev.keyreeve.procedure.protocol;

import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.problem.Code;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import java.util.ArrayList;
import java.util.List;

/// The headers that a problem calls for in every protocol: the challenge of RFC 6750 section 3,
/// `Retry-After` and `Allow` (RFC 9110 sections 10.2.3 and 10.2.1).
public final class ProblemHeaders {
  private ProblemHeaders() {}

  public static List<Header> of(Problem problem) {
    var headers = new ArrayList<Header>(2);
    if (problem.reason().equals(Reasons.MISSING_CREDENTIAL)) {
      headers.add(new Header("WWW-Authenticate", "Bearer"));
    } else if (problem.code() == Code.UNAUTHORIZED) {
      headers.add(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    } else if (problem.details().get("requiredScope") instanceof String scope) {
      headers.add(
          new Header(
              "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\""));
    }
    var wait = problem.retryAfterSeconds();
    if (wait != null) {
      headers.add(new Header("Retry-After", Long.toString(wait)));
    }
    if (problem.details().get(Problem.ALLOW) instanceof String methods) {
      headers.add(new Header("Allow", methods));
    }
    return headers;
  }
}
