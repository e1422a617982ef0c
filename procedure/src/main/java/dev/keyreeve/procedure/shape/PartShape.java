package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Something of which only one part is JSON.
final class PartShape<U, T> extends Shape<U> {
  private final Shape<T> part;
  private final Function<U, T> partOf;

  PartShape(Shape<T> part, Function<U, T> partOf) {
    this.part = part;
    this.partOf = partOf;
  }

  @Override
  public Form form() {
    return part.form();
  }

  @Override
  @Nullable U read(JsonNode node, Reading reading) {
    throw new UnsupportedOperationException("the other parts are nowhere to be read");
  }

  @Override
  void writeFields(U value, JsonGenerator out, boolean withSecrets) throws IOException {
    part.writeFields(partOf.apply(value), out, withSecrets);
  }

  @Override
  void write(U value, JsonGenerator out, boolean withSecrets) throws IOException {
    part.write(partOf.apply(value), out, withSecrets);
  }
}
