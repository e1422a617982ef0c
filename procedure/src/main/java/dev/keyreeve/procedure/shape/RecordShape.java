package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An object whose fields are the components of a record.
final class RecordShape<T> extends Shape<T> {
  private final Form.RecordForm form;
  private final List<Component> components;
  private final Set<String> names;
  private final Call constructor;

  RecordShape(String name, Class<T> type, List<Component> components, Call constructor) {
    var fields = components.stream().flatMap(Component::fields).toList();
    this.form = new Form.RecordForm(name, type, fields);
    this.components = List.copyOf(components);
    this.names =
        fields.stream().map(Form.Field::name).collect(Collectors.toCollection(LinkedHashSet::new));
    this.constructor = constructor;
    if (names.size() < fields.size()) {
      throw new IllegalArgumentException("two of its fields have one name");
    }
  }

  @Override
  public Form.RecordForm form() {
    return form;
  }

  @Override
  @Nullable T read(JsonNode node, Reading reading) {
    if (!node.isObject()) return reading.refuse("wrong_type", "This must be an object.");

    return readMembers(node, reading, !reading.isStored());
  }

  /// @param alone whether no members but those of this record may be there
  @SuppressWarnings("unchecked") // The constructor is that of T.
  private @Nullable T readMembers(JsonNode node, Reading reading, boolean alone) {
    int before = reading.found();
    var values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = components.get(i).read(node, reading);
    }
    if (alone) refuseUnknown(node, reading);
    if (reading.found() > before) return null;

    try {
      return (T) constructor.with(values);
    } catch (IllegalArgumentException objection) {
      return reading.refuse("invalid", objection, "");
    }
  }

  private void refuseUnknown(JsonNode node, Reading reading) {
    for (var member : node.properties()) {
      if (!names.contains(member.getKey())) reading.refuseUnknown(member.getKey(), names);
    }
  }

  @Override
  void write(T value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeStartObject();
    writeFields(value, out, withSecrets);
    out.writeEndObject();
  }

  @Override
  void writeFields(T value, JsonGenerator out, boolean withSecrets) throws IOException {
    for (var component : components) component.write(value, out, withSecrets);
  }

  /// One component, by its accessor.
  ///
  /// @param unwrapped the shape of the component if its fields stand among those of this record
  record Component(
      SerializedString label,
      Shape<Object> shape,
      boolean required,
      boolean secret,
      @Nullable RecordShape<Object> unwrapped,
      Call accessor) {
    String name() {
      return label.getValue();
    }

    Stream<Form.Field> fields() {
      return unwrapped == null
          ? Stream.of(new Form.Field(name(), shape.form(), required))
          : unwrapped.form.fields().stream();
    }

    @Nullable Object read(JsonNode node, Reading reading) {
      if (unwrapped != null) return unwrapped.readMembers(node, reading, false);

      var member = node.get(name());
      if (!required && isAbsent(member)) return shape.ofAbsent(member);

      int mark = reading.enter(name());
      var value = shape.readRequired(member, reading);
      reading.leave(mark);
      return value;
    }

    void write(Object whole, JsonGenerator out, boolean withSecrets) throws IOException {
      if (secret && !withSecrets) return;

      var value = accessor.with(whole);
      if (value == null || shape.isLeftOut(value)) return;

      if (unwrapped != null) {
        unwrapped.writeFields(value, out, withSecrets);
        return;
      }
      out.writeFieldName(label);
      shape.write(value, out, withSecrets);
    }
  }
}
