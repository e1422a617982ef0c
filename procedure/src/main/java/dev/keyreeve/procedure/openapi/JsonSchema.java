package dev.keyreeve.procedure.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.BooleanForm;
import dev.keyreeve.procedure.shape.Form.ChoiceForm;
import dev.keyreeve.procedure.shape.Form.ClearableForm;
import dev.keyreeve.procedure.shape.Form.ContentForm;
import dev.keyreeve.procedure.shape.Form.DateForm;
import dev.keyreeve.procedure.shape.Form.IntegerForm;
import dev.keyreeve.procedure.shape.Form.ListForm;
import dev.keyreeve.procedure.shape.Form.MapForm;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Form.TextForm;
import dev.keyreeve.procedure.shape.Form.TimestampForm;
import dev.keyreeve.procedure.shape.Form.ValueForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes forms as JSON Schema 2020-12, the dialect of OpenAPI 3.1, for one document: records are
/// collected by name and referred to.
///
/// An input is strict. An output leaves room for fields to come and states no limits, so that a
/// client that validates answers survives the next version. A record may be both, so the input's
/// name ends in `Input`.
public final class JsonSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, Use> uses = new HashMap<>();
  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  public ObjectNode ofInput(Form form) {
    return schema(form, true);
  }

  public ObjectNode ofOutput(Form form) {
    return schema(form, false);
  }

  /// The object of these fields, written where it stands: for an input that comes in part by
  /// another way than as JSON.
  public ObjectNode ofInput(List<Form.Field> fields) {
    return object(fields, true);
  }

  /// What stands under `components/schemas`: the records written so far, by name.
  public ObjectNode definitions() {
    return NODES.objectNode().setAll(definitions);
  }

  private ObjectNode schema(Form form, boolean input) {
    return switch (form) {
      case TextForm text -> text(text, input);
      case ValueForm value -> value(value);
      case IntegerForm integer -> integer(integer, input);
      case BooleanForm _ -> type("boolean");
      case DateForm _ -> type("string").put("format", "date");
      case TimestampForm _ -> type("string").put("format", "date-time");
      case ChoiceForm choice -> choice(choice);
      case ListForm list -> list(list, input);
      case MapForm map -> map(map, input);
      case ContentForm content -> content(content, input);
      case ClearableForm clearable -> clearable(schema(clearable.form(), input));
      case RecordForm record -> reference(record, input);
    };
  }

  private static ObjectNode text(TextForm text, boolean input) {
    var schema = type("string");
    if (!input) return schema;

    if (text.min() > 0) schema.put("minLength", text.min());
    schema.put("maxLength", text.max());
    if (text.pattern() != null) schema.put("pattern", text.pattern());
    return schema;
  }

  private static ObjectNode value(ValueForm value) {
    var schema = type("string");
    if (value.pattern() != null) schema.put("pattern", value.pattern());
    if (value.example() != null) schema.putArray("examples").add(value.example());
    return schema;
  }

  private static ObjectNode integer(IntegerForm integer, boolean input) {
    var schema = type("integer").put("format", integer.type() == int.class ? "int32" : "int64");
    return input ? schema.put("minimum", integer.min()).put("maximum", integer.max()) : schema;
  }

  private static ObjectNode choice(ChoiceForm choice) {
    var schema = type("string");
    choice.values().forEach(schema.putArray("enum")::add);
    return schema;
  }

  private ObjectNode list(ListForm list, boolean input) {
    var schema = type("array");
    schema.set("items", schema(list.item(), input));
    if (!input) return schema;

    if (list.min() > 0) schema.put("minItems", list.min());
    return schema.put("maxItems", list.max());
  }

  private ObjectNode map(MapForm map, boolean input) {
    var schema = type("object");
    schema.set("additionalProperties", schema(map.value(), input));
    if (!input) return schema;

    schema.set("propertyNames", schema(map.key(), true));
    if (map.min() > 0) schema.put("minProperties", map.min());
    return schema.put("maxProperties", map.max());
  }

  private static ObjectNode content(ContentForm content, boolean input) {
    var schema = type("object");
    var properties = schema.putObject("properties");
    var types = type("string");
    content.mediaTypes().forEach(types.putArray("enum")::add);
    properties.set(ContentForm.MEDIA_TYPE, types);
    var bytes = type("string").put("contentEncoding", "base64");
    if (content.mediaTypes().size() == 1) {
      bytes.put("contentMediaType", content.mediaTypes().getFirst());
    }
    properties.set(ContentForm.BASE64, input ? bytes.put("maxLength", content.maxLength()) : bytes);
    var name = type("string");
    properties.set(
        ContentForm.FILE_NAME,
        input ? name.put("maxLength", ContentForm.MAX_FILE_NAME_LENGTH) : name);
    schema.putArray("required").add(ContentForm.MEDIA_TYPE).add(ContentForm.BASE64);
    return input ? schema.put("additionalProperties", false) : schema;
  }

  /// What is of this schema, or null.
  private static ObjectNode clearable(ObjectNode schema) {
    if (!(schema.get("type") instanceof TextNode type)) {
      var either = NODES.objectNode();
      either.putArray("anyOf").add(schema).add(type("null"));
      return either;
    }
    schema.putArray("type").add(type.textValue()).add("null");
    if (schema.get("enum") instanceof ArrayNode words) words.addNull();
    return schema;
  }

  private ObjectNode reference(RecordForm record, boolean input) {
    var name = input && !record.name().endsWith("Input") ? record.name() + "Input" : record.name();
    var use = new Use(record, input);
    var known = uses.putIfAbsent(name, use);
    if (known == null) {
      definitions.put(name, object(record.fields(), input));
    } else if (!known.equals(use)) {
      throw new IllegalStateException(
          "two records are called "
              + name
              + ": "
              + known.record().type()
              + " and "
              + record.type());
    }
    return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private ObjectNode object(List<Form.Field> fields, boolean input) {
    var schema = type("object");
    var properties = schema.putObject("properties");
    fields.forEach(field -> properties.set(field.name(), schema(field.form(), input)));
    var required = NODES.arrayNode();
    fields.stream().filter(Form.Field::required).forEach(field -> required.add(field.name()));
    if (!required.isEmpty()) schema.set("required", required);
    return input ? schema.put("additionalProperties", false) : schema;
  }

  /// What a name stands for.
  private record Use(RecordForm record, boolean input) {}

  private static ObjectNode type(String name) {
    return NODES.objectNode().put("type", name);
  }
}
