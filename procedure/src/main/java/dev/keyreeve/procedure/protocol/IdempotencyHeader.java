package dev.keyreeve.procedure.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import org.jspecify.annotations.Nullable;

/// The header `Idempotency-Key`: another place for the `idempotencyKey` of an input. Both spellings
/// make the same input, so that a call which is repeated in the other one is still the same call.
public final class IdempotencyHeader {
  public static final String NAME = "Idempotency-Key";

  private static final String FIELD = "idempotencyKey";

  private IdempotencyHeader() {}

  /// The input with the header's key in it, where the procedure takes one. The header names one
  /// call, so it is only to be applied where a request carries one.
  public static Input apply(Head head, Procedure<?, ?> procedure, @Nullable JsonNode input) {
    var key = head.header(NAME);
    if (key == null || procedure.kind() != Kind.MUTATION || !procedure.isRepeatable()) {
      return new Input.Read(input);
    }
    if (input == null || input.isNull()) {
      return new Input.Read(JsonNodeFactory.instance.objectNode().put(FIELD, key));
    }
    if (!(input instanceof ObjectNode object)) return new Input.Read(input);

    var named = object.get(FIELD);
    if (named == null || named.isNull()) return new Input.Read(object.put(FIELD, key));
    return named.isTextual() && !named.textValue().equals(key)
        ? new Input.Unreadable(
            Problem.of(
                Reasons.MALFORMED_REQUEST,
                "The Idempotency-Key header and the input's idempotencyKey differ."))
        : new Input.Read(object);
  }
}
