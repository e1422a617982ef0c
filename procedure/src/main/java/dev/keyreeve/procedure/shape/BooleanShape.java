package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

final class BooleanShape extends Shape<Boolean> {
  @Override
  public Form form() {
    return new Form.BooleanForm();
  }

  @Override
  @Nullable Boolean read(JsonNode node, Reading reading) {
    return node.isBoolean()
        ? (Boolean) node.booleanValue()
        : reading.refuse("wrong_type", "This must be true or false.");
  }

  @Override
  void write(Boolean value, JsonGenerator out, boolean withSecrets) throws IOException {
    out.writeBoolean(value);
  }
}
