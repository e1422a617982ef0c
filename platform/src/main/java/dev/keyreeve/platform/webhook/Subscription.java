package dev.keyreeve.platform.webhook;

import java.util.Collection;
import java.util.List;

/// Which events an endpoint wants: `*` for all, `key.*` for all of a family, or a type by its name.
final class Subscription {
  private static final String ALL = "*";
  private static final String FAMILY = ".*";

  private Subscription() {}

  /// Whether a type, or a family of types, is one that there is.
  static boolean isKnown(String wanted, Collection<String> types) {
    if (wanted.equals(ALL) || types.contains(wanted)) return true;

    return wanted.endsWith(FAMILY)
        && types.stream().anyMatch(type -> type.startsWith(withoutStar(wanted)));
  }

  /// As patterns of SQL's `like`.
  static List<String> patterns(Collection<String> wanted) {
    return wanted.stream().map(Subscription::pattern).toList();
  }

  private static String pattern(String wanted) {
    var escaped = wanted.replace("_", "\\_").replace("%", "\\%");
    return escaped.endsWith(ALL) ? withoutStar(escaped) + "%" : escaped;
  }

  private static String withoutStar(String wanted) {
    return wanted.substring(0, wanted.length() - ALL.length());
  }
}
