package dev.keyreeve.procedure.http;

import org.jspecify.annotations.Nullable;

/// The one spelling in which a path is accepted. Software in front of or behind this server that
/// normalises paths, however it does so, finds nothing to change that would lead elsewhere.
final class CanonicalPath {
  /// `pchar` of RFC 3986, section 3.3, without the percent sign and without `;`, which starts path
  /// parameters for some.
  private static final AsciiSet RAW = AsciiSet.of(AsciiSet.UNRESERVED + "!$&'()*+,=:@");

  /// What needs no encoding, and what would become structure when decoded.
  private static final AsciiSet NEVER_ENCODED = AsciiSet.of(AsciiSet.UNRESERVED + "/\\;%?#");

  private CanonicalPath() {}

  /// Whether a path that starts with `/` holds legal characters, encodings and segments, as far as
  /// ASCII goes.
  static boolean isCanonical(String path) {
    int segment = 1;
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/') {
        if (i == segment || isDots(path, segment, i)) return false;
        segment = i + 1;
      } else if (c == '%') {
        int octet = PercentEncoding.octet(path, i);
        if (octet < ' ' || octet == 0x7f || NEVER_ENCODED.contains(octet)) return false;
        i += 2;
      } else if (!RAW.contains(c)) {
        return false;
      }
    }
    return !isDots(path, segment, path.length());
  }

  /// The text of a canonical path, or null where its octets are not UTF-8 or encode control
  /// characters of Unicode.
  static @Nullable String decode(String path) {
    if (path.indexOf('%') < 0) return path;

    var text = PercentEncoding.decode(path, 0, path.length());
    return text == null || text.chars().anyMatch(Character::isISOControl) ? null : text;
  }

  private static boolean isDots(String path, int start, int end) {
    return switch (end - start) {
      case 1 -> path.charAt(start) == '.';
      case 2 -> path.charAt(start) == '.' && path.charAt(start + 1) == '.';
      default -> false;
    };
  }
}
