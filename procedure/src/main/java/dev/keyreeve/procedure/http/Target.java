package dev.keyreeve.procedure.http;

import dev.keyreeve.procedure.http.Canonical.Refused;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The two halves of a request target in origin form (RFC 9112, section 3.2.1).
sealed interface Target permits Target.Parsed, Refused {

  /// A target that has one reading.
  ///
  /// @param path the decoded path; as encoded structure is refused, it has the segments of the path
  ///   received
  /// @param query what followed the `?`, as received; null where there was none
  /// @param parameters the query decoded, in order
  record Parsed(String path, @Nullable String query, Map<String, String> parameters)
      implements Target {}

  /// Credentials under these names are known to end up in logs. The last is where tRPC puts those
  /// of a subscription.
  Set<String> CREDENTIALS = Set.of("api_key", "apiKey", "access_token", "connectionParams");

  static Target parse(String target) {
    if (!target.startsWith("/")) return Refused.INVALID_TARGET;

    int question = target.indexOf('?');
    var rawPath = question < 0 ? target : target.substring(0, question);
    if (!CanonicalPath.isCanonical(rawPath)) return Refused.AMBIGUOUS_PATH;
    var path = CanonicalPath.decode(rawPath);
    if (path == null) return Refused.AMBIGUOUS_PATH;

    return question < 0
        ? new Parsed(path, null, Map.of())
        : withQuery(path, target.substring(question + 1));
  }

  /// Reads the query as `application/x-www-form-urlencoded`, of which it is strict about what
  /// programs read differently.
  private static Target withQuery(String path, String query) {
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == ';') return Refused.AMBIGUOUS_QUERY;
      if (c <= ' ' || c >= 0x7f || c == '#') return Refused.MALFORMED_QUERY;
    }

    var parameters = new LinkedHashMap<String, String>();
    for (int start = 0; start <= query.length(); ) {
      int end = endOfPair(query, start);
      if (end > start) {
        int equals = query.indexOf('=', start);
        int endOfName = equals < 0 || equals > end ? end : equals;
        var name = PercentEncoding.decodeForm(query, start, endOfName);
        var value = PercentEncoding.decodeForm(query, Math.min(endOfName + 1, end), end);
        if (name == null || value == null) return Refused.MALFORMED_QUERY;
        if (CREDENTIALS.contains(name)) return Refused.CREDENTIAL_IN_URL;
        if (parameters.put(name, value) != null) return Refused.AMBIGUOUS_QUERY;
      }
      start = end + 1;
    }
    return new Parsed(path, query, Collections.unmodifiableMap(parameters));
  }

  private static int endOfPair(String query, int start) {
    int ampersand = query.indexOf('&', start);
    return ampersand < 0 ? query.length() : ampersand;
  }
}
