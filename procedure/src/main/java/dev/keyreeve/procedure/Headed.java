package dev.keyreeve.procedure;

import dev.keyreeve.procedure.http.Header;
import dev.keyreeve.procedure.shape.Shape;
import dev.keyreeve.procedure.shape.Shapes;
import java.util.List;

/// A result that is told partly in the head of its answer, such as a cookie. The value alone is the
/// JSON. A protocol that carries one call in one answer sends the headers with it; the others leave
/// them out, so that what needs them is an API of its own.
public record Headed<T>(T value, List<Header> headers) {
  public Headed {
    headers = List.copyOf(headers);
  }

  /// The shape of the value.
  public static <T> Shape<Headed<T>> of(Class<T> value) {
    return Shapes.ofPart(Shapes.of(value), Headed::value);
  }
}
