package dev.keyreeve.directdebit.rail.gocardless;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object. What is absent, null or of the wrong type is told apart from what
/// is there; further fields are let through, for GoCardless adds them at any time.
final class Fields {

  /// Reads and writes bodies.
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxStringLength(100_000)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// Makes something of an object.
  interface Reader<T> {
    T read(Fields fields) throws Malformed;
  }

  private final String path;
  private final JsonNode object;

  private Fields(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /// The object that a body is.
  static Fields of(byte[] body) throws Malformed {
    try {
      return of("the body", JSON.readTree(body));
    } catch (JsonProcessingException _) {
      throw new Malformed("the body is not JSON, or JSON that goes too far");
    } catch (IOException _) {
      throw new Malformed("the body cannot be read");
    }
  }

  private static Fields of(String path, @Nullable JsonNode node) throws Malformed {
    if (node == null || !node.isObject()) throw new Malformed(path + " is not an object");
    return new Fields(path, node);
  }

  Fields object(String name) throws Malformed {
    return of(name, object.get(name));
  }

  /// The object of that name; one without fields if it is absent or null.
  Fields in(String name) throws Malformed {
    var node = present(name);
    return node == null ? of(name, JsonNodeFactory.instance.objectNode()) : of(name, node);
  }

  List<Fields> list(String name) throws Malformed {
    var node = present(name);
    if (node == null || !node.isArray()) throw new Malformed(name + " is not a list");

    var list = new ArrayList<Fields>();
    for (var item : node) list.add(of("an item of " + name, item));
    return list;
  }

  /// The list of that name; an empty one if it is absent or null.
  List<Fields> optionalList(String name) throws Malformed {
    return present(name) == null ? List.of() : list(name);
  }

  String text(String name) throws Malformed {
    var text = optionalText(name);
    if (text == null) throw new Malformed(path + " lacks " + name);
    return text;
  }

  @Nullable String optionalText(String name) throws Malformed {
    var node = present(name);
    if (node == null) return null;
    if (!node.isTextual()) throw new Malformed(name + " is not text");
    return node.textValue();
  }

  void requireText(String name, String expected) throws Malformed {
    if (!text(name).equals(expected)) throw new Malformed(name + " is not " + expected);
  }

  ResourceId id(String name) throws Malformed {
    return id(name, text(name));
  }

  @Nullable ResourceId optionalId(String name) throws Malformed {
    var text = optionalText(name);
    return text == null ? null : id(name, text);
  }

  /// The fields that hold ids; others are left out.
  Map<String, ResourceId> ids() {
    var ids = new LinkedHashMap<String, ResourceId>();
    for (var field : object.properties()) {
      if (field.getValue().isTextual() && ResourceId.isOne(field.getValue().textValue())) {
        ids.put(field.getKey(), new ResourceId(field.getValue().textValue()));
      }
    }
    return ids;
  }

  /// A whole number of at least nothing.
  long count(String name) throws Malformed {
    var node = present(name);
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < 0) {
      throw new Malformed(name + " is not a whole number of at least 0");
    }
    return node.longValue();
  }

  boolean flag(String name, boolean otherwise) throws Malformed {
    var node = present(name);
    if (node == null) return otherwise;
    if (!node.isBoolean()) throw new Malformed(name + " is not true or false");
    return node.booleanValue();
  }

  @Nullable LocalDate optionalDate(String name) throws Malformed {
    var text = optionalText(name);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException _) {
      throw new Malformed(name + " is not a date");
    }
  }

  Instant instant(String name) throws Malformed {
    var instant = optionalInstant(name);
    if (instant == null) throw new Malformed(path + " lacks " + name);
    return instant;
  }

  @Nullable Instant optionalInstant(String name) throws Malformed {
    var text = optionalText(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      throw new Malformed(name + " is not an instant");
    }
  }

  private @Nullable JsonNode present(String name) {
    var node = object.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private static ResourceId id(String name, String text) throws Malformed {
    if (!ResourceId.isOne(text)) throw new Malformed(name + " is not an id");
    return new ResourceId(text);
  }
}
