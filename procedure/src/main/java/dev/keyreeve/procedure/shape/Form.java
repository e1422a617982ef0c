package dev.keyreeve.procedure.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [Shape] takes and writes, as plain data: for schemas, client types, explorers and tests
/// that walk every procedure.
public sealed interface Form {
  /// A form that is declared under its own name and referred to by it.
  sealed interface Named extends Form {
    String name();

    Class<?> type();
  }

  /// Text, with its length in code points.
  ///
  /// @param plain whether it is read as [PlainText]
  record TextForm(int min, int max, boolean multiline, @Nullable String pattern, boolean plain)
      implements Form {}

  /// A string that `type` parses: an id, an account number, a [OneTime].
  record ValueForm(Class<?> type, @Nullable String pattern, @Nullable String example)
      implements Form {}

  /// A number without fraction and exponent, of type `int` or `long`.
  record IntegerForm(Class<?> type, long min, long max) implements Form {}

  record BooleanForm() implements Form {}

  /// A full-date of RFC 3339, such as `2026-01-31`.
  record DateForm() implements Form {}

  /// A date-time of RFC 3339; any offset is read, UTC is written.
  record TimestampForm() implements Form {}

  record ChoiceForm(String name, Class<?> type, List<String> values) implements Named {
    public ChoiceForm {
      values = List.copyOf(values);
    }
  }

  record ListForm(Form item, int min, int max) implements Form {}

  record MapForm(TextForm key, TextForm value, int min, int max) implements Form {}

  /// An object that holds bytes and says what they are: a [Content].
  ///
  /// @param mediaTypes those that it may be of
  record ContentForm(List<String> mediaTypes, int maxBytes) implements Form {
    /// The names of its fields, of which the last may be absent.
    public static final String MEDIA_TYPE = "mediaType";

    public static final String BASE64 = "base64";
    public static final String FILE_NAME = "fileName";
    public static final int MAX_FILE_NAME_LENGTH = 255;

    public ContentForm {
      mediaTypes = List.copyOf(mediaTypes);
    }

    /// Length of the longest base64, in characters.
    public long maxLength() {
      return 4 * Math.ceilDiv((long) maxBytes, 3L);
    }

    public boolean hasField(String name) {
      return name.equals(MEDIA_TYPE) || name.equals(BASE64) || name.equals(FILE_NAME);
    }
  }

  /// Something that may be null as well, which says something else than its absence: a [Patch].
  record ClearableForm(Form form) implements Form {}

  /// An object with these fields and no others.
  ///
  /// @param name the simple name of the record, or `PageOfMandate` for a `Page<Mandate>`
  record RecordForm(String name, Class<?> type, List<Field> fields) implements Named {
    public RecordForm {
      fields = List.copyOf(fields);
    }
  }

  record Field(String name, Form form, boolean required) {}
}
