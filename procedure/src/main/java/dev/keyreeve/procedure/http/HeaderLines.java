package dev.keyreeve.procedure.http;

import dev.keyreeve.procedure.http.Canonical.Refused;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The header lines that decide what a request means, collected in one pass over all of them. The
/// length of a name is looked at first, so that most lines cost one comparison.
final class HeaderLines implements BiConsumer<String, String> {
  private static final String FORWARDED = "x-forwarded-";
  private static final AsciiSet HOST = AsciiSet.of(AsciiSet.UNRESERVED + ":[]");

  private @Nullable String host;
  private @Nullable String contentType;
  private @Nullable String contentLength;
  private @Nullable String transferEncoding;
  private @Nullable Refused repetition;

  /// Which credential lines there are; each is null where there is none.
  @Nullable String authorization;

  @Nullable String apiKey;
  boolean repeatedCredential;

  /// All cookie lines as one, joined as RFC 9113, section 8.2.3, says.
  @Nullable String cookie;

  /// What tells whether a request with a cookie was made by a page of ours; the last line of each.
  @Nullable String origin;

  @Nullable String fetchSite;
  @Nullable String crossSiteToken;

  /// All `X-Forwarded-For` lines as one list, joined as RFC 9110, section 5.2, says.
  @Nullable String forwardedFor;

  /// All `X-Forwarded-Proto` lines as one list.
  @Nullable String forwardedProto;

  boolean forwarded;
  boolean realIp;
  boolean anyForwarding;

  /// Why these lines cannot be those of one request, or null.
  @Nullable Refused refusal(boolean requiresHost) {
    if (repetition != null) return repetition;
    if (host == null ? requiresHost : host.isEmpty() || !HOST.containsAll(host)) {
      return Refused.INVALID_HOST;
    }
    if (transferEncoding == null) return null;
    if (contentLength != null) return Refused.AMBIGUOUS_BODY;
    return transferEncoding.equalsIgnoreCase("chunked") ? null : Refused.UNKNOWN_CODING;
  }

  @Override
  public void accept(String name, String value) {
    switch (name.length()) {
      case 4 -> {
        if (name.equalsIgnoreCase("host")) host = once(host, value, Refused.INVALID_HOST);
      }
      case 6 -> {
        if (name.equalsIgnoreCase("cookie")) cookie = joined(cookie, "; ", value);
        else if (name.equalsIgnoreCase("origin")) origin = value;
      }
      case 9 -> {
        if (name.equalsIgnoreCase("x-api-key")) {
          repeatedCredential |= apiKey != null;
          apiKey = value;
        } else if (name.equalsIgnoreCase("forwarded")) {
          forwarded = true;
          anyForwarding = true;
        } else if (name.equalsIgnoreCase("x-real-ip")) {
          realIp = true;
          anyForwarding = true;
        }
      }
      case 12 -> {
        if (name.equalsIgnoreCase("content-type")) {
          contentType = once(contentType, value, Refused.AMBIGUOUS_BODY);
        } else if (name.equalsIgnoreCase("x-csrf-token")) {
          crossSiteToken = value;
        }
      }
      case 13 -> {
        if (name.equalsIgnoreCase("authorization")) {
          repeatedCredential |= authorization != null;
          authorization = value;
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("content-length")) {
          contentLength = once(contentLength, value, Refused.AMBIGUOUS_BODY);
        } else if (name.equalsIgnoreCase("sec-fetch-site")) {
          fetchSite = value;
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("transfer-encoding")) {
          transferEncoding = once(transferEncoding, value, Refused.AMBIGUOUS_BODY);
        }
      }
      default -> {}
    }
    if (name.regionMatches(true, 0, FORWARDED, 0, FORWARDED.length())) {
      anyForwarding = true;
      if (name.equalsIgnoreCase("x-forwarded-for")) {
        forwardedFor = joined(forwardedFor, ",", value);
      } else if (name.equalsIgnoreCase("x-forwarded-proto")) {
        forwardedProto = joined(forwardedProto, ",", value);
      }
    }
  }

  /// Whether the page that made this request is served by the host that it was sent to. Told by the
  /// browser, in headers that no page can write (Fetch Metadata; RFC 6454, section 7).
  boolean isForeign() {
    if (fetchSite != null && !fetchSite.equals("same-origin")) return true;
    return origin != null && !isOwn(origin);
  }

  private boolean isOwn(String pageOrigin) {
    if (host == null) return false;
    return pageOrigin.equalsIgnoreCase("https://" + host)
        || pageOrigin.equalsIgnoreCase("http://" + host);
  }

  private String once(@Nullable String before, String value, Refused ifRepeated) {
    if (before != null && repetition == null) repetition = ifRepeated;
    return value;
  }

  private static String joined(@Nullable String before, String separator, String value) {
    return before == null ? value : before + separator + value;
  }
}
