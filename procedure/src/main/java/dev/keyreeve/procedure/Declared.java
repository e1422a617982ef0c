package dev.keyreeve.procedure;

import dev.keyreeve.procedure.shape.Form;
import dev.keyreeve.procedure.shape.Form.RecordForm;
import dev.keyreeve.procedure.shape.Shape;
import java.util.List;

/// A procedure before anybody answers it: all that a caller needs to know of it. As a constant
/// beside its handler, it is what both the [Procedure] and the command that calls it are made from:
///
/// ```java
/// static final Declared<OneKey, KeyView> KEYS_GET =
///     query("keys.get", signedIn(VIEWER), get("/keys/{id}"))
///         .about("Shows a key.")
///         .takes(OneKey.class)
///         .gives(KeyView.class)
///         .refuses(NO_SUCH_KEY);
/// ```
public interface Declared<I, O> {
  /// Dotted, such as `keys.get`.
  String name();

  /// One sentence.
  String summary();

  Route route();

  Shape<I> input();

  Shape<O> output();

  /// The fields of the input.
  default List<Form.Field> fields() {
    return input().form() instanceof RecordForm form ? form.fields() : List.of();
  }

  Procedure<I, O> by(Handler.Answering<I, O> handler);

  /// For a handler that touches no storage: it runs on the event loop.
  Procedure<I, O> inlineBy(Handler.Answering<I, O> handler);

  Procedure<I, O> streamedBy(Handler.Streaming<I, O> handler);
}
