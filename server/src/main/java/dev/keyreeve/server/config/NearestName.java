package dev.keyreeve.server.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Finds the name that somebody meant.
final class NearestName {
  private NearestName() {}

  /// The known name that takes the fewest changed letters, or null if that is more than half of
  /// them. A name that only lacks its group, or its last words, is as near as can be.
  static @Nullable String of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(candidate -> 2 * distance(name, candidate) <= candidate.length())
        .orElse(null);
  }

  private static int distance(String name, String candidate) {
    return candidate.endsWith("." + name) || candidate.startsWith(name + "-")
        ? 1
        : changes(name, candidate);
  }

  /// Insertions, deletions and replacements of one letter (Levenshtein's distance).
  private static int changes(String from, String to) {
    var row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) row[j] = j;
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
