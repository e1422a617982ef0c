package dev.keyreeve.procedure.http;

import dev.keyreeve.procedure.http.Canonical.Accepted;
import dev.keyreeve.procedure.http.Canonical.Refused;

/// The reading of a request, done once, before anything else looks at it. Whatever could be read in
/// two ways is refused, so that no two parts of the server, and no proxy before or behind it, can
/// disagree on who calls what.
public final class CanonicalRequest {
  private static final AsciiSet METHOD = AsciiSet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

  private CanonicalRequest() {}

  public static Canonical of(RawRequest raw, TrustedProxies trusted) {
    var method = raw.method();
    if (method.isEmpty() || !METHOD.containsAll(method)) return Refused.INVALID_METHOD;

    var lines = new HeaderLines();
    raw.forEachHeader(lines);
    var refusal = lines.refusal(raw.requiresHost());
    if (refusal != null) return refusal;

    return switch (Target.parse(raw.target())) {
      case Refused refused -> refused;
      case Target.Parsed target -> of(raw, target, lines, trusted);
    };
  }

  private static Canonical of(
      RawRequest raw, Target.Parsed target, HeaderLines lines, TrustedProxies trusted) {
    return switch (Client.of(raw.peer(), lines, trusted)) {
      case Refused refused -> refused;
      case Client.Known(var client) ->
          switch (Presented.of(raw.method(), lines)) {
            case Refused refused -> refused;
            case Presented.One(var credential) ->
                new Accepted(new Head(raw, target, client, credential));
          };
    };
  }
}
