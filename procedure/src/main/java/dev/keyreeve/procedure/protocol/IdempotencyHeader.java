package dev.keyreeve.procedure.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.procedure.Kind;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.http.Head;
import dev.keyreeve.procedure.problem.Problem;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.Form;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The header `Idempotency-Key`: another place for the `idempotencyKey` of an input. Both spellings
/// make the same input, so that a call which is repeated in the other one is still the same call.
public final class IdempotencyHeader {
  public static final String NAME = "Idempotency-Key";

  /// How the field is spelled, by the spelling of the input it stands in.
  private static final Set<String> FIELDS = Set.of("idempotencyKey", "idempotency_key");

  private IdempotencyHeader() {}

  /// The input with the header's key in it, where the procedure takes one. The header names one
  /// call, so it is only to be applied where a request carries one.
  public static Input apply(Head head, Procedure<?, ?> procedure, @Nullable JsonNode input) {
    var key = head.header(NAME);
    if (key == null || procedure.kind() != Kind.MUTATION || !procedure.isRepeatable()) {
      return new Input.Read(input);
    }
    var field = fieldOf(procedure);
    if (input == null || input.isNull()) {
      return new Input.Read(JsonNodeFactory.instance.objectNode().put(field, key));
    }
    if (!(input instanceof ObjectNode object)) return new Input.Read(input);

    var named = object.get(field);
    if (named == null || named.isNull()) return new Input.Read(object.put(field, key));
    return named.isTextual() && !named.textValue().equals(key)
        ? new Input.Unreadable(
            Problem.of(
                Reasons.MALFORMED_REQUEST,
                "The Idempotency-Key header and the input's " + field + " differ."))
        : new Input.Read(object);
  }

  private static String fieldOf(Procedure<?, ?> procedure) {
    return procedure.fields().stream()
        .map(Form.Field::name)
        .filter(FIELDS::contains)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(procedure + " takes no field for its idempotency key"));
  }
}
