package dev.keyreeve.procedure.shape;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Guesses which name somebody meant who wrote another.
public final class Spelling {
  private Spelling() {}

  /// The known name that takes the fewest edits: at most three, and one for two written letters.
  public static @Nullable String nearest(String written, Collection<String> known) {
    String nearest = null;
    int fewest = Math.min(3, (written.length() + 1) / 2) + 1;
    for (var name : known) {
      int edits = edits(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        nearest = name;
        fewest = edits;
      }
    }
    return nearest;
  }

  /// Levenshtein's distance.
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
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
