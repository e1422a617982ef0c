package dev.keyreeve.platform.page;

import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param nextCursor names the next page; absent on the last
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  private static final int USUAL_LIMIT = 50;

  public static <T> Shape<Page<T>> of(Shape<T> item) {
    return Shapes.of(Page.class, item);
  }

  /// How many items a page has, given how many were asked for.
  public static int limit(@Nullable Integer asked) {
    return asked == null ? USUAL_LIMIT : asked;
  }

  /// The first `limit` of items that were read with one to spare.
  ///
  /// @param cursor names the page after an item
  public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
    if (oneMore.size() <= limit) return new Page<>(oneMore, null);

    var items = oneMore.subList(0, limit);
    return new Page<>(items, cursor.apply(items.getLast()));
  }
}
