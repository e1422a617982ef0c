package dev.keyreeve.procedure.protocol;

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

  private static boolean is(String range, String type) {
    int parameters = range.indexOf(';');
    var name = parameters < 0 ? range : range.substring(0, parameters);
    return name.strip().equalsIgnoreCase(type);
  }
}
