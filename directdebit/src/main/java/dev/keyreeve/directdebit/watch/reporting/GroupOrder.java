package dev.keyreeve.directdebit.watch.reporting;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The order of groups: by key, and what has none at the end.
final class GroupOrder {
  static final Comparator<@Nullable String> BY_KEY =
      (left, right) -> {
        if (left == null || right == null) {
          return Boolean.compare(left == null, right == null);
        }
        return left.compareTo(right);
      };

  private GroupOrder() {}
}
