package dev.keyreeve.procedure;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.shape.Shape;
import java.io.IOException;
import java.util.List;

/// How one call ended, for a protocol to render.
public sealed interface Result {
  /// Carried out.
  record Succeeded<O>(Success<O> success, O value) implements Result {
    /// Writes the value alone, without any envelope.
    public void writeTo(JsonGenerator out) throws IOException {
      success.shape().write(value, out);
    }

    /// The same, with fields behind those of the value.
    public void writeWith(Shape.Fields more, JsonGenerator out) throws IOException {
      success.shape().writeWith(value, more, out);
    }

    /// What a [Headed] value wants told in the head of its answer.
    public List<Header> headers() {
      return value instanceof Headed<?>(_, var headers) ? headers : List.of();
    }
  }

  /// A subscription is open.
  record Opened<O>(Subscription<O> subscription) implements Result {}

  /// Refused, or failed.
  record Failed(Problem problem) implements Result {}
}
