package dev.keyreeve.procedure.shape;

import org.jspecify.annotations.Nullable;

/// What a change says of one field: that it stays, that it has no value any more, or its new value.
/// JSON tells them apart as a member that is left out, `null`, and anything else (RFC 7396).
///
/// ```java
/// record UpdateNote(NoteId id, Patch<@Text(max = 500) String> remark) {}
/// ```
public sealed interface Patch<T> {
  record Absent<T>() implements Patch<T> {}

  record Cleared<T>() implements Patch<T> {}

  record To<T>(T value) implements Patch<T> {}

  /// What becomes of the value that there is.
  default @Nullable T over(@Nullable T present) {
    return switch (this) {
      case Absent<T> _ -> present;
      case Cleared<T> _ -> null;
      case To<T>(var value) -> value;
    };
  }
}
