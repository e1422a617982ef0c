package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An object whose fields are the components of a record.
final class RecordShape<T> extends Shape<T> {
  private final Form.RecordForm form;
  private final List<Component> components;
  private final Set<String> names;
  private final Call constructor;

  RecordShape(String name, Class<T> type, List<Component> components, Call constructor) {
    this.form = new Form.RecordForm(name, type, components.stream().map(Component::field).toList());
    this.components = List.copyOf(components);
    this.names =
        components.stream()
            .map(Component::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.constructor = constructor;
  }

  @Override
  public Form.RecordForm form() {
    return form;
  }

  @Override
  @SuppressWarnings("unchecked") // The constructor is that of T.
  @Nullable T read(JsonNode node, Reading reading) {
    if (!node.isObject()) return reading.refuse("wrong_type", "This must be an object.");

    int before = reading.found();
    int known = 0;
    var values = new @Nullable Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      var component = components.get(i);
      var member = node.get(component.name());
      if (member != null) known++;
      values[i] = component.read(member, reading);
    }
    if (known < node.size() && !reading.isStored()) refuseUnknown(node, reading);
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
    for (var component : components) component.write(value, out, withSecrets);
    out.writeEndObject();
  }

  /// One component, by its accessor.
  record Component(
      SerializedString label,
      Shape<Object> shape,
      boolean required,
      boolean secret,
      Call accessor) {
    String name() {
      return label.getValue();
    }

    Form.Field field() {
      return new Form.Field(name(), shape.form(), required);
    }

    @Nullable Object read(@Nullable JsonNode member, Reading reading) {
      if (!required && isAbsent(member)) return null;

      int mark = reading.enter(name());
      var value = shape.readRequired(member, reading);
      reading.leave(mark);
      return value;
    }

    void write(Object whole, JsonGenerator out, boolean withSecrets) throws IOException {
      if (secret && !withSecrets) return;

      var value = accessor.with(whole);
      if (value == null) return;

      out.writeFieldName(label);
      shape.write(value, out, withSecrets);
    }
  }
}
