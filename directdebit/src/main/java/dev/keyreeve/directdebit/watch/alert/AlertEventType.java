package dev.keyreeve.directdebit.watch.alert;

import dev.keyreeve.procedure.shape.Format;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name of an [AlertEvent], such as `alert.opened`.
@Format(pattern = "^alert\\.[a-z_]+$", example = "alert.opened")
record AlertEventType(String text) {
  static final List<String> ALL = Arrays.stream(AlertEvent.values()).map(AlertEvent::type).toList();

  AlertEventType {
    if (!ALL.contains(text)) {
      throw new IllegalArgumentException("There is no event of this type.");
    }
  }

  public static AlertEventType parse(String text) {
    return new AlertEventType(text);
  }

  static @Nullable List<String> texts(@Nullable List<AlertEventType> types) {
    return types == null ? null : types.stream().map(AlertEventType::text).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
