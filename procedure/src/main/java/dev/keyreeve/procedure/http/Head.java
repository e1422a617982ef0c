package dev.keyreeve.procedure.http;

import dev.keyreeve.access.credential.Credential;
import dev.keyreeve.access.network.Address;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What a request says before its body, in its one meaning. Only [CanonicalRequest] makes it, so
/// whoever holds one knows that the request was not ambiguous. Safe for use by several threads.
public final class Head {
  private final RawRequest raw;
  private final String method;
  private final Target.Parsed target;
  private final Address client;
  private final Credential credential;
  private final String requestId;

  Head(RawRequest raw, Target.Parsed target, Address client, Credential credential) {
    this.raw = raw;
    this.method = raw.method();
    this.target = target;
    this.client = client;
    this.credential = credential;
    this.requestId = raw.requestId();
  }

  public String method() {
    return method;
  }

  /// The decoded path. Its slashes are the slashes received, and it holds no empty or dot segment,
  /// no control character and none of `\ ; % ? #`.
  public String path() {
    return target.path();
  }

  /// The query as received, without its `?`; null where there was none.
  public @Nullable String rawQuery() {
    return target.query();
  }

  /// The decoded parameters of the query, in their order. A parameter without `=` is empty.
  public Map<String, String> query() {
    return target.parameters();
  }

  /// The decoded value of one parameter of the query; null where it is not there.
  public @Nullable String query(String name) {
    return target.parameters().get(name);
  }

  /// The value of the first header line of this name, in any case; null where there is none.
  /// Headers that carry a credential are not told: [#credential] is the one place for it.
  public @Nullable String header(String name) {
    return isCredential(name) ? null : raw.header(name);
  }

  /// The values of all header lines of this name, in any case, joined as one list (RFC 9110,
  /// section 5.3); null where there is none.
  public @Nullable String headers(String name) {
    var values = new StringJoiner(", ");
    raw.forEachHeader(
        (line, value) -> {
          if (line.equalsIgnoreCase(name) && !isCredential(line)) values.add(value);
        });
    return values.length() == 0 && header(name) == null ? null : values.toString();
  }

  /// The address of the caller, seen through the trusted proxies.
  public Address client() {
    return client;
  }

  public Credential credential() {
    return credential;
  }

  public String requestId() {
    return requestId;
  }

  /// The method, the path and the request's id; neither query nor headers, which may hold what logs
  /// must not.
  @Override
  public String toString() {
    return method + " " + path() + " (" + requestId + ")";
  }

  private static boolean isCredential(String name) {
    return name.equalsIgnoreCase("authorization")
        || name.equalsIgnoreCase("x-api-key")
        || name.equalsIgnoreCase("cookie");
  }
}
