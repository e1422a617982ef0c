package dev.keyreeve.procedure;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Shape;
import java.io.IOException;

/// How one call ended, for a protocol to render.
public sealed interface Result {
  /// Carried out.
  record Succeeded<O>(Shape<O> shape, O value) implements Result {
    /// Writes the value alone, without any envelope.
    public void writeTo(JsonGenerator out) throws IOException {
      shape.write(value, out);
    }
  }

  /// A subscription is open.
  record Opened<O>(Subscription<O> subscription) implements Result {}

  /// Refused, or failed.
  record Failed(Problem problem) implements Result {}
}
