package dev.keyreeve.procedure.http;

import java.util.Locale;

/// What came of reading a request: its one meaning, or why it has none.
public sealed interface Canonical {
  record Accepted(Head head) implements Canonical {}

  /// The request can be read in more than one way, or in none, or was not for reading by others.
  enum Refused implements Canonical, Target, Presented, Client {
    INVALID_METHOD("The method must be upper-case letters."),
    INVALID_TARGET("The request target must be a path that starts with a slash."),
    AMBIGUOUS_PATH(
        "The path is not in its canonical form: no empty or dot segments, no ';' or '\\',"
            + " no needless or invalid percent-encoding."),
    MALFORMED_QUERY("The query string is not valid percent-encoded UTF-8."),
    AMBIGUOUS_QUERY("The query string names a parameter twice or contains ';'."),
    CREDENTIAL_IN_URL(
        "A credential must not be in a URL, where logs keep it."
            + " Send it in the Authorization header as a Bearer token."),
    INVALID_HOST("The request must have exactly one valid Host header."),
    AMBIGUOUS_BODY(
        "The request describes its body twice, by Content-Type, Content-Length or"
            + " Transfer-Encoding."),
    UNKNOWN_CODING("The only Transfer-Encoding known here is chunked."),
    AMBIGUOUS_CREDENTIAL("The request presents more than one credential; send exactly one."),
    UNTRUSTED_FORWARDING(
        "The request has a forwarding header, but does not come from a trusted proxy."),
    UNSUPPORTED_FORWARDING(
        "The proxy must name the client in X-Forwarded-For; Forwarded and X-Real-IP are not read."),
    AMBIGUOUS_FORWARDING("X-Forwarded-For names no address where the client's was expected."),
    HTTPS_REQUIRED(
        403,
        "Use https. A credential that was sent over plain http may have been read on its way:"
            + " replace it.");

    private final String code;
    private final int status;
    private final String message;

    Refused(String message) {
      this(400, message);
    }

    Refused(int status, String message) {
      this.code = name().toLowerCase(Locale.ROOT);
      this.status = status;
      this.message = message;
    }

    /// The stable name of this refusal, such as `ambiguous_path`.
    public String code() {
      return code;
    }

    /// One sentence for the person who wrote the client. It repeats nothing of the request.
    public String message() {
      return message;
    }

    public int status() {
      return status;
    }
  }
}
