package dev.keyreeve.procedure.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a request says about media types, which are compared in any case and without their
/// parameters (RFC 9110, section 8.3.1).
public final class MediaTypes {
  private MediaTypes() {}

  /// Whether a `Content-Type` is that of JSON.
  public static boolean isJson(@Nullable String contentType) {
    return contentType != null && is(contentType, "application/json");
  }

  /// Whether an `Accept` header names this type itself; a wildcard does not.
  public static boolean names(@Nullable String accept, String type) {
    if (accept == null) return false;

    for (var range : accept.split(",", -1)) {
      if (is(range, type)) return true;
    }
    return false;
  }

  /// The type that a `Content-Type` names, in lower case; empty where there is none.
  public static String typeOf(@Nullable String contentType) {
    return contentType == null ? "" : withoutParameters(contentType).toLowerCase(Locale.ROOT);
  }

  private static boolean is(String range, String type) {
    return withoutParameters(range).equalsIgnoreCase(type);
  }

  private static String withoutParameters(String range) {
    int parameters = range.indexOf(';');
    return (parameters < 0 ? range : range.substring(0, parameters)).strip();
  }
}
