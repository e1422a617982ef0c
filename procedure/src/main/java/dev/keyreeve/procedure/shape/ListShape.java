package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class ListShape<T> extends Shape<List<T>> {
  private final Shape<T> item;
  private final Count count;

  ListShape(Shape<T> item, Count count) {
    this.item = item;
    this.count = count;
  }

  @Override
  public Form form() {
    return new Form.ListForm(item.form(), count.min(), count.max());
  }

  @Override
  @Nullable List<T> read(JsonNode node, Reading reading) {
    if (!node.isArray()) return reading.refuse("wrong_type", "This must be a list.");
    if (!count.allows(node.size(), reading)) return null;

    int before = reading.found();
    var items = new ArrayList<T>(node.size());
    for (int i = 0; i < node.size(); i++) {
      int mark = reading.enter(i);
      var value = item.readRequired(node.get(i), reading);
      reading.leave(mark);
      if (value != null) items.add(value);
    }
    return reading.found() == before ? List.copyOf(items) : null;
  }

  @Override
  void write(List<T> value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeStartArray();
    for (var each : value) item.write(each, out, withSecrets);
    out.writeEndArray();
  }
}
