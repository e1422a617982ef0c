package dev.keyreeve.directdebit.rail.gocardless;

import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.InvalidState;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.InvalidUsage;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.Issue;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.ProviderFailed;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.RateLimited;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.Unknown;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.Unreadable;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.ValidationFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the errors of the API, whatever stands in front of it may have made of them.
final class Errors {

  private static final int MAX_ISSUES = 20;
  private static final int MAX_LENGTH = 200;

  private final AccessToken token;

  Errors(AccessToken token) {
    this.token = token;
  }

  /// @param status from 300 on
  /// @param retryAfter what a call over the limit is told
  <T> Refused<T> read(int status, byte[] body, Duration retryAfter) {
    if (status == 429) return new Refused<>(new RateLimited(retryAfter), requestId(body));
    if (status >= 500) return new Refused<>(new ProviderFailed(status), requestId(body));
    if (status < 400) return new Refused<>(new Unreadable(status, "a redirect"), null);

    try {
      var error = Fields.of(body).object("error");
      var issues = issues(error);
      var requestId = error.optionalText("request_id");
      return new Refused<>(
          switch (error.text("type")) {
            case "validation_failed" -> new ValidationFailed(issues);
            case "invalid_state" -> new InvalidState(issues);
            case "invalid_api_usage" -> new InvalidUsage(status, issues);
            case "gocardless" -> new ProviderFailed(status);
            case String type -> new Unknown(status, printable(type), issues);
          },
          requestId == null ? null : printable(requestId));
    } catch (Malformed e) {
      return new Refused<>(new Unreadable(status, e.why()), null);
    }
  }

  private List<Issue> issues(Fields error) throws Malformed {
    var issues = new ArrayList<Issue>();
    for (var each : error.optionalList("errors").stream().limit(MAX_ISSUES).toList()) {
      var field = each.optionalText("field");
      var reason = each.optionalText("reason");
      issues.add(
          new Issue(
              field == null ? null : printable(field),
              reason == null ? null : printable(reason),
              printable(each.text("message")),
              each.in("links").ids()));
    }
    return issues;
  }

  private @Nullable String requestId(byte[] body) {
    try {
      var id = Fields.of(body).object("error").optionalText("request_id");
      return id == null ? null : printable(id);
    } catch (Malformed _) {
      return null;
    }
  }

  /// One line without what could be the number of an account, and without the token, which a proxy
  /// may have repeated.
  private String printable(String text) {
    var line = text.replace(token.reveal(), token.toString()).replaceAll("\\p{Cntrl}+", " ");
    var kept = line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    return kept.replaceAll("(?<![0-9A-Za-z-])[0-9](?:[ -]?[0-9]){5,}(?![0-9A-Za-z-])", "[digits]");
  }
}
