package dev.keyreeve.procedure.problem;

import dev.keyreeve.access.decision.Decision;
import dev.keyreeve.access.decision.Decision.Denied;
import dev.keyreeve.procedure.http.Canonical;
import dev.keyreeve.procedure.shape.Issue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One refusal or failure, before a protocol gives it its form.
///
/// @param message one sentence for people
/// @param issues what is wrong with the input, if that is what is wrong
/// @param details further facts for programs, such as `requiredScope`; JSON scalars and lists of
///   them
public record Problem(
    Reason reason, String message, List<Issue> issues, Map<String, Object> details) {
  public Problem {
    issues = List.copyOf(issues);
    details = Map.copyOf(details);
  }

  /// Name of the detail that holds the wait before another try, in milliseconds.
  public static final String RETRY_AFTER_MILLIS = "retryAfterMs";

  /// Name of the detail that lists the methods of a path which was called with another.
  public static final String ALLOW = "allow";

  public static Problem of(Reason reason) {
    return new Problem(reason, reason.message(), List.of(), Map.of());
  }

  public static Problem of(Reason reason, Map<String, Object> details) {
    return new Problem(reason, reason.message(), List.of(), details);
  }

  public static Problem of(Reason reason, String message) {
    return new Problem(reason, message, List.of(), Map.of());
  }

  public static Problem invalidInput(List<Issue> issues) {
    return new Problem(Reasons.INVALID_INPUT, Reasons.INVALID_INPUT.message(), issues, Map.of());
  }

  /// @param methods those that are allowed, joined by `, `
  public static Problem methodNotAllowed(String methods) {
    return of(Reasons.METHOD_NOT_ALLOWED, Map.of(ALLOW, methods));
  }

  /// A request that has no one meaning, or may not be heard.
  public static Problem of(Canonical.Refused refused) {
    var code = refused == Canonical.Refused.HTTPS_REQUIRED ? Code.FORBIDDEN : Code.BAD_REQUEST;
    return of(new Reason(code, refused.code(), refused.message()));
  }

  /// What is wrong with a key is told only once its secret has matched; until then every key is
  /// unknown.
  public static Problem of(Denied denied) {
    return switch (denied) {
      case Decision.NoCredential _ -> of(Reasons.MISSING_CREDENTIAL);
      case Decision.UnknownCredential _ -> of(Reasons.INVALID_KEY);
      case Decision.CrossSite _ -> of(Reasons.CROSS_SITE);
      case Decision.SessionEnded _ -> of(Reasons.SESSION_ENDED);
      case Decision.KeyRevoked _ -> of(Reasons.KEY_REVOKED);
      case Decision.KeyExpired _ -> of(Reasons.KEY_EXPIRED);
      case Decision.KeyNotYetValid _ -> of(Reasons.KEY_NOT_YET_VALID);
      case Decision.KeyDeactivated _ -> of(Reasons.KEY_DISABLED);
      case Decision.OrganisationSuspended _ -> of(Reasons.ORG_SUSPENDED);
      case Decision.WrongAudience _ -> of(Reasons.WRONG_KEY_TYPE);
      case Decision.AddressNotAllowed _ -> of(Reasons.IP_NOT_ALLOWED);
      case Decision.RateLimited(var limit) ->
          of(
              Reasons.RATE_LIMITED,
              Map.of(RETRY_AFTER_MILLIS, limit.retryAfterSeconds() * 1000, "limit", limit.limit()));
      case Decision.TooManyCalls(int cost, int limit) ->
          of(Reasons.BATCH_EXCEEDS_LIMIT, Map.of("calls", cost, "limit", limit));
      case Decision.MissingScope(var required) ->
          of(Reasons.INSUFFICIENT_SCOPE, Map.of("requiredScope", required.token()));
      case Decision.MissingRole(var required) ->
          of(Reasons.INSUFFICIENT_ROLE, Map.of("requiredRole", required.word()));
      case Decision.CommandLineOnly _ -> of(Reasons.OPERATOR_ONLY);
      case Decision.Unconfirmed _ ->
          of(Reasons.VERIFICATION_UNAVAILABLE, Map.of(RETRY_AFTER_MILLIS, 1000));
    };
  }

  public Code code() {
    return reason.code();
  }

  /// Whole seconds before another try can succeed, for the `Retry-After` header; null if waiting
  /// does not help.
  public @Nullable Long retryAfterSeconds() {
    return details.get(RETRY_AFTER_MILLIS) instanceof Number millis
        ? Math.max(1, Math.ceilDiv(millis.longValue(), 1000L))
        : null;
  }
}
