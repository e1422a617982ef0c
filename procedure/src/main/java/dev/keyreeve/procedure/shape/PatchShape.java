package dev.keyreeve.procedure.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A component for which null says something else than absence. It has no meaning but as one.
final class PatchShape<T> extends Shape<Patch<T>> {
  private final Shape<T> value;

  PatchShape(Shape<T> value) {
    this.value = value;
  }

  @Override
  public Form form() {
    return new Form.ClearableForm(value.form());
  }

  @Override
  Patch<T> ofAbsent(@Nullable JsonNode member) {
    return member != null && member.isNull() ? new Patch.Cleared<>() : new Patch.Absent<>();
  }

  @Override
  @Nullable Patch<T> read(JsonNode node, Reading reading) {
    var read = value.read(node, reading);
    return read == null ? null : new Patch.To<>(read);
  }

  @Override
  boolean isLeftOut(Patch<T> patch) {
    return patch instanceof Patch.Absent<T>;
  }

  @Override
  void write(Patch<T> patch, JsonGenerator out, boolean withSecrets) throws IOException {
    switch (patch) {
      case Patch.Absent<T> _ -> throw new IllegalStateException("what is absent is not written");
      case Patch.Cleared<T> _ -> out.writeNull();
      case Patch.To<T>(var to) -> value.write(to, out, withSecrets);
    }
  }
}
