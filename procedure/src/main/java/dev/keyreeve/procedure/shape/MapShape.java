package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names and texts that the client chooses. They keep the client's order.
final class MapShape extends Shape<Map<String, String>> {
  private final TextLimits keys;
  private final TextLimits values;
  private final Count count;

  MapShape(TextLimits keys, TextLimits values, Count count) {
    this.keys = keys;
    this.values = values;
    this.count = count;
  }

  @Override
  public Form form() {
    return new Form.MapForm(keys.form(), values.form(), count.min(), count.max());
  }

  @Override
  @Nullable Map<String, String> read(JsonNode node, Reading reading) {
    if (!node.isObject()) return reading.refuse("wrong_type", "This must be an object.");
    if (!count.allows(node.size(), reading)) return null;

    int before = reading.found();
    var entries = new LinkedHashMap<String, String>();
    for (var entry : node.properties()) {
      int mark = reading.enter(Reading.printable(entry.getKey()));
      if (!entry.getValue().isTextual()) {
        reading.refuse("wrong_type", "This must be a string.");
      } else {
        var key = keys.read(entry.getKey(), reading);
        var value = key == null ? null : values.read(entry.getValue().textValue(), reading);
        if (key != null && value != null) entries.put(key, value);
      }
      reading.leave(mark);
    }
    return reading.found() == before ? Collections.unmodifiableMap(entries) : null;
  }

  @Override
  void write(Map<String, String> value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeStartObject();
    for (var entry : value.entrySet()) out.writeStringField(entry.getKey(), entry.getValue());
    out.writeEndObject();
  }
}
