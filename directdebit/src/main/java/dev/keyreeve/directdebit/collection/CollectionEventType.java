package dev.keyreeve.directdebit.collection;

import dev.keyreeve.procedure.shape.Format;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name of a [CollectionEvent], such as `collection.settled`.
@Format(pattern = "^collection\\.[a-z_]+$", example = "collection.settled")
record CollectionEventType(String text) {
  static final List<String> ALL =
      Arrays.stream(CollectionEvent.values()).map(CollectionEvent::type).toList();

  CollectionEventType {
    if (!ALL.contains(text)) {
      throw new IllegalArgumentException("There is no event of this type.");
    }
  }

  public static CollectionEventType parse(String text) {
    return new CollectionEventType(text);
  }

  static @Nullable List<String> texts(@Nullable List<CollectionEventType> types) {
    return types == null ? null : types.stream().map(CollectionEventType::text).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
