package dev.keyreeve.directdebit.claim;

import dev.keyreeve.procedure.shape.Format;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name of a [ClaimEvent], such as `clawback.received`.
@Format(pattern = "^clawback\\.[a-z_]+$", example = "clawback.received")
record ClaimEventType(String text) {
  static final List<String> ALL = Arrays.stream(ClaimEvent.values()).map(ClaimEvent::type).toList();

  ClaimEventType {
    if (!ALL.contains(text)) {
      throw new IllegalArgumentException("There is no event of this type.");
    }
  }

  public static ClaimEventType parse(String text) {
    return new ClaimEventType(text);
  }

  static @Nullable List<String> texts(@Nullable List<ClaimEventType> types) {
    return types == null ? null : types.stream().map(ClaimEventType::text).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
