package dev.keyreeve.directdebit.collection.claim;

import dev.keyreeve.directdebit.collection.CollectionEvents;
import dev.keyreeve.procedure.shape.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to a collection or to a claim on one, such as `collection.settled`.
@Format(pattern = "^(collection|clawback)\\.[a-z_]+$", example = "collection.settled")
record CollectionEventType(String text) {
  CollectionEventType {
    if (!CollectionEvents.TYPES.contains(text) && !ClaimEvents.TYPES.contains(text)) {
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
