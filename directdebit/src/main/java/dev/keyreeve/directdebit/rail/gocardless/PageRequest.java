package dev.keyreeve.directdebit.rail.gocardless;

import org.jspecify.annotations.Nullable;

/// Which part of a list to send.
///
/// @param limit how many items at most, 1 to 500
/// @param before the page ends next to this item, and holds newer ones
/// @param after the page begins next to this item, and holds older ones; not together with `before`
public record PageRequest(int limit, @Nullable ResourceId before, @Nullable ResourceId after) {

  public static final int MAX_LIMIT = 500;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A page has 1 to 500 items.");
    }
    if (before != null && after != null) {
      throw new IllegalArgumentException("A page is before or after something, not both.");
    }
  }

  /// The newest items.
  public static PageRequest newest(int limit) {
    return new PageRequest(limit, null, null);
  }

  public static PageRequest before(ResourceId id, int limit) {
    return new PageRequest(limit, id, null);
  }

  public static PageRequest after(ResourceId id, int limit) {
    return new PageRequest(limit, null, id);
  }
}
