package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyreeve.procedure.shape.Decoded.Invalid;
import dev.keyreeve.procedure.shape.Decoded.Valid;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The JSON that a Java type stands for: [Shapes] derives it once, at start, and any number of
/// threads may then use it. There are no others than those of this package.
///
/// Nothing is coerced. `null` and absent are the same, save for a [Patch]. A rule that spans
/// components belongs into the compact constructor, and a rule of a value into `parse`: each throws
/// an `IllegalArgumentException` whose message is a fixed sentence, which the client gets to read.
public abstract class Shape<T> {
  private static final JsonFactory FACTORY = new JsonFactory();

  Shape() {}

  /// Decodes an input, `null` where there is none; a record is then read as if it were `{}`.
  public final Decoded<T> decode(@Nullable JsonNode input) {
    return decode(input, Reading.ofInput());
  }

  /// Decodes what [#writeStored] wrote, perhaps by an earlier version: unknown fields are passed
  /// over, and the limits of text, numbers and lists, which are limits of inputs, do not apply.
  public final Decoded<T> decodeStored(JsonNode stored) {
    return decode(stored, Reading.ofStored());
  }

  private Decoded<T> decode(@Nullable JsonNode input, Reading reading) {
    var present =
        isAbsent(input) && form() instanceof Form.RecordForm
            ? JsonNodeFactory.instance.objectNode()
            : input;
    var value = readRequired(present, reading);
    return value == null ? new Invalid<>(reading.issues()) : new Valid<>(value);
  }

  /// Writes a value as a client sees it, its secrets included.
  public final void write(T value, JsonGenerator out) throws IOException {
    write(value, out, true);
  }

  /// Whether [#writeWith] can add a field of this name: the form is an object that has none yet.
  public final boolean hasRoomFor(String field) {
    return switch (form()) {
      case Form.RecordForm record ->
          record.fields().stream().noneMatch(known -> known.name().equals(field));
      case Form.ContentForm content -> !content.hasField(field);
      case Form.TextForm _,
          Form.ValueForm _,
          Form.IntegerForm _,
          Form.BooleanForm _,
          Form.DateForm _,
          Form.TimestampForm _,
          Form.ChoiceForm _,
          Form.ListForm _,
          Form.MapForm _,
          Form.ClearableForm _ ->
          false;
    };
  }

  /// Further fields of an object.
  public interface Fields {
    void to(JsonGenerator out) throws IOException;
  }

  /// Writes a value as a client sees it, with fields behind its own.
  public final void writeWith(T value, Fields more, JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeFields(value, out, true);
    more.to(out);
    out.writeEndObject();
  }

  /// Writes the fields of an object without what encloses them.
  void writeFields(T value, JsonGenerator out, boolean withSecrets) throws IOException {
    throw new IllegalStateException("this is not written as an object");
  }

  /// Writes a value as it may be kept: without any [OneTime].
  public final void writeStored(T value, JsonGenerator out) throws IOException {
    write(value, out, false);
  }

  /// What [#writeStored] writes, as text.
  public final String stored(T value) {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      writeStored(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  public abstract Form form();

  /// The value of a node that is neither absent nor null, or null after at least one issue.
  abstract @Nullable T read(JsonNode node, Reading reading);

  abstract void write(T value, JsonGenerator out, boolean withSecrets) throws IOException;

  /// What stands for a member that is null or not there, where it need not be.
  @Nullable T ofAbsent(@Nullable JsonNode member) {
    return null;
  }

  /// Whether a value stands for a member that is not there.
  boolean isLeftOut(T value) {
    return false;
  }

  final @Nullable T readRequired(@Nullable JsonNode node, Reading reading) {
    return node == null || isAbsent(node)
        ? reading.refuse("required", "This is required.")
        : read(node, reading);
  }

  static boolean isAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull() || node.isMissingNode();
  }
}
