package dev.keyreeve.directdebit.mandate;

import dev.keyreeve.procedure.shape.Format;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name of a [MandateEvent], such as `mandate.cancelled`.
@Format(pattern = "^(mandate|invite)\\.[a-z_]+$", example = "mandate.cancelled")
record MandateEventType(String text) {
  static final List<String> ALL =
      Arrays.stream(MandateEvent.values()).map(MandateEvent::type).toList();

  MandateEventType {
    if (!ALL.contains(text)) {
      throw new IllegalArgumentException("There is no event of this type.");
    }
  }

  public static MandateEventType parse(String text) {
    return new MandateEventType(text);
  }

  static @Nullable List<String> texts(@Nullable List<MandateEventType> types) {
    return types == null ? null : types.stream().map(MandateEventType::text).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
