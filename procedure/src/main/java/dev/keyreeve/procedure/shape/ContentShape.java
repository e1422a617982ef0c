package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes, with what they are. A protocol that receives them as they are hands them on as a binary
/// node, which no JSON text can hold.
final class ContentShape extends Shape<Content> {
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final List<String> FIELDS =
      List.of(Form.ContentForm.MEDIA_TYPE, Form.ContentForm.BASE64, Form.ContentForm.FILE_NAME);

  private final Form.ContentForm form;

  ContentShape(List<String> mediaTypes, int maxBytes) {
    mediaTypes.forEach(Content::checkMediaType);
    if (mediaTypes.isEmpty() || new HashSet<>(mediaTypes).size() < mediaTypes.size()) {
      throw new IllegalArgumentException("a Content says its media types, each once");
    }
    this.form = new Form.ContentForm(mediaTypes, maxBytes);
  }

  static ContentShape of(@Nullable Media media) {
    if (media == null) throw new IllegalArgumentException("a Content says in @Media what it is");
    if (media.maxBytes() < 1 || media.maxBytes() > MOST_BYTES) {
      throw new IllegalArgumentException("a Content has from 1 to " + MOST_BYTES + " bytes");
    }
    return new ContentShape(List.of(media.types()), media.maxBytes());
  }

  @Override
  public Form.ContentForm form() {
    return form;
  }

  @Override
  @Nullable Content read(JsonNode node, Reading reading) {
    if (!node.isObject()) return reading.refuse("wrong_type", "This must be an object.");

    int before = reading.found();
    var mediaType = member(node, Form.ContentForm.MEDIA_TYPE, reading, true, this::mediaType);
    var bytes = member(node, Form.ContentForm.BASE64, reading, true, this::bytes);
    var fileName = member(node, Form.ContentForm.FILE_NAME, reading, false, this::fileName);
    if (!reading.isStored()) {
      for (var field : node.properties()) {
        if (!FIELDS.contains(field.getKey())) reading.refuseUnknown(field.getKey(), FIELDS);
      }
    }
    return reading.found() == before && mediaType != null && bytes != null
        ? new Content(mediaType, bytes, fileName)
        : null;
  }

  /// Reads what is there, and gives null after at least one issue or where it may be absent.
  private interface Member<T> {
    @Nullable T read(JsonNode node, Reading reading);
  }

  private static <T> @Nullable T member(
      JsonNode whole, String name, Reading reading, boolean required, Member<T> member) {
    var node = whole.get(name);
    if (!required && isAbsent(node)) return null;

    int mark = reading.enter(name);
    var value =
        node == null || isAbsent(node)
            ? reading.<T>refuse("required", "This is required.")
            : member.read(node, reading);
    reading.leave(mark);
    return value;
  }

  private @Nullable String mediaType(JsonNode node, Reading reading) {
    if (!node.isTextual()) return reading.refuse("wrong_type", "This must be a string.");

    return reading.isStored() || form.mediaTypes().contains(node.textValue())
        ? node.textValue()
        : reading.refuse(
            Issue.UNSUPPORTED_MEDIA_TYPE,
            "This must be one of " + String.join(", ", form.mediaTypes()) + ".");
  }

  private byte @Nullable [] bytes(JsonNode node, Reading reading) {
    if (node instanceof BinaryNode binary) return within(binary.binaryValue(), reading);
    if (!node.isTextual()) return reading.refuse("wrong_type", "This must be a string.");

    var text = node.textValue();
    if (!reading.isStored() && text.length() > form.maxLength()) return tooLarge(reading);

    var bytes = decoded(text);
    return bytes == null
        ? reading.refuse("bad_format", "This must be base64, padded and in one line.")
        : within(bytes, reading);
  }

  /// Strictly as RFC 4648 has it in section 4: the JDK also takes what lacks its padding or has
  /// bits that stand for nothing, so that two texts would be the same bytes.
  private static byte @Nullable [] decoded(String text) {
    try {
      var bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private byte @Nullable [] within(byte[] bytes, Reading reading) {
    if (reading.isStored()) return bytes;
    if (bytes.length == 0) return reading.refuse("too_short", "This must have a byte or more.");

    return bytes.length <= form.maxBytes() ? bytes : tooLarge(reading);
  }

  private byte @Nullable [] tooLarge(Reading reading) {
    return reading.refuse(Issue.TOO_LARGE, "This must have at most " + form.maxBytes() + " bytes.");
  }

  private @Nullable String fileName(JsonNode node, Reading reading) {
    if (!node.isTextual()) return reading.refuse("wrong_type", "This must be a string.");

    return Content.isFileName(node.textValue())
        ? node.textValue()
        : reading.refuse("bad_format", "This is no name of a file.");
  }

  @Override
  void writeFields(Content value, JsonGenerator out, boolean withSecrets) throws IOException {
    check(value);
    out.writeStringField(Form.ContentForm.MEDIA_TYPE, value.mediaType());
    out.writeBinaryField(Form.ContentForm.BASE64, value.bytes());
    if (value.fileName() != null) {
      out.writeStringField(Form.ContentForm.FILE_NAME, value.fileName());
    }
  }

  @Override
  void write(Content value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeStartObject();
    writeFields(value, out, withSecrets);
    out.writeEndObject();
  }

  private void check(Content value) {
    if (!form.mediaTypes().contains(value.mediaType())) {
      throw new IllegalStateException(value.mediaType() + " is not declared");
    }
  }
}
